import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Does the work of a library that prints by itself and hands back what it printed. Nothing of that reaches the log, where
 * its warnings would be annotations, not even when it comes late; only masks and debug lines pass on to the runner.
 */
export type Quietly = <T>(work: () => Promise<T>) => Promise<{ readonly value: T; readonly printed: string }>;

/** Taps the output of this process: what other parts of it print meanwhile goes its way. */
export function createQuietly(): Quietly {
  const listening = new AsyncLocalStorage<string[]>();
  for (const stream of [process.stdout, process.stderr]) tap(stream, listening);
  return async (work) => {
    const printed: string[] = [];
    const value = await listening.run(printed, work);
    return { value, printed: printed.join('') };
  };
}

function tap(stream: NodeJS.WriteStream, listening: AsyncLocalStorage<string[]>): void {
  const { write } = stream;
  stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const printed = listening.getStore();
    const text = typeof chunk === 'string' ? chunk : String(chunk instanceof Uint8Array ? Buffer.from(chunk) : chunk);
    if (printed === undefined || /^::(?:add-mask|debug)::/.test(text))
      return Reflect.apply(write, stream, [chunk, ...rest]);
    printed.push(text);
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(() => done());
    return true;
  };
}

/** Whether a warning or an error is among what was printed. */
export function hasComplaint(printed: string): boolean {
  return /^::(?:warning|error)(?: [^:]*)?::/m.test(printed);
}

/** The last line of it, without the command that it may be, to be quoted. */
export function lastWords(printed: string): string {
  const line = printed.trimEnd().split('\n').at(-1) ?? '';
  return line.replace(/^::[a-z-]+(?: [^:]*)?::/, '').slice(0, 300);
}
