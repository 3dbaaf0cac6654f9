import { createLineSplitter, isBlank } from '../../core/requests/lines.ts';
import { isRetryable, parseResult } from '../../core/results/result.ts';
import type { Ports } from '../../ports/ports.ts';

/** What was read of a stream of results: the position of each readable line. */
export interface Fetched {
  readonly lines: readonly ResultLine[];
  /** Models that answered. */
  readonly models: ReadonlySet<string>;
  readonly unreadable: number;
}

export interface ResultLine {
  readonly customId: string;
  readonly succeeded: boolean;
  /** Ended without an answer, for a retryable reason. */
  readonly retryable: boolean;
  readonly canceled: boolean;
  readonly offset: number;
  readonly length: number;
}

/** Every model limits a message far below this; a longer line is unreadable. */
export const MAX_LINE_BYTES = 64 << 20;

/** Writes incoming result lines to a file and returns the place of each. Throws errors of the stream or the disk. */
export async function readResults(
  ports: Pick<Ports, 'files'>,
  stream: AsyncIterable<Uint8Array>,
  path: string,
): Promise<Fetched> {
  const writer = await ports.files.write(path);
  try {
    const splitter = createLineSplitter(MAX_LINE_BYTES);
    const lines: ResultLine[] = [];
    const models = new Set<string>();
    let unreadable = 0;
    const take = (found: ReturnType<typeof splitter.push>): void => {
      for (const line of found) {
        if (!line.tooLong && isBlank(line.bytes)) continue;
        const result = line.tooLong ? undefined : parseResult(Buffer.from(line.bytes).toString('utf8'));
        if (result === undefined) unreadable += 1;
        else {
          const { customId, ending } = result;
          const succeeded = ending.kind === 'succeeded';
          const type = ending.kind === 'errored' ? ending.type : undefined;
          const retryable = ending.kind !== 'succeeded' && isRetryable(ending.kind, type);
          if (ending.kind === 'succeeded') models.add(ending.message.model);
          const canceled = ending.kind === 'canceled';
          lines.push({ customId, succeeded, retryable, canceled, offset: line.offset, length: line.bytes.length });
        }
      }
    };
    for await (const piece of stream) {
      const full = writer.write(piece);
      if (full !== undefined) await full;
      take(splitter.push(piece));
    }
    take(splitter.end());
    await writer.commit();
    return { lines, models, unreadable };
  } finally {
    await writer.discard();
  }
}
