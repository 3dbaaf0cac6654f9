import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs work of a library that prints, and returns what it printed. Keeps that out of the log, even if it is printed
 * late: warnings there would become annotations. Passes only masks and debug lines on to the runner.
 */
export type CaptureOutput = <T>(work: () => Promise<T>) => Promise<{ readonly value: T; readonly printed: string }>;

/** Taps the output of this process. Does not capture what other parts of the process print in the meantime. */
export function createCaptureOutput(): CaptureOutput {
  const captures = new AsyncLocalStorage<string[]>();
  for (const stream of [process.stdout, process.stderr]) tap(stream, captures);
  return async (work) => {
    const printed: string[] = [];
    const value = await captures.run(printed, work);
    return { value, printed: printed.join('') };
  };
}

function tap(stream: NodeJS.WriteStream, captures: AsyncLocalStorage<string[]>): void {
  const { write } = stream;
  stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const printed = captures.getStore();
    const text = typeof chunk === 'string' ? chunk : String(chunk instanceof Uint8Array ? Buffer.from(chunk) : chunk);
    if (printed === undefined || /^::(?:add-mask|debug)::/.test(text))
      return Reflect.apply(write, stream, [chunk, ...rest]);
    printed.push(text);
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(() => done());
    return true;
  };
}
