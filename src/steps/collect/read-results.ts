import { createLineSplitter, isBlank } from '../../core/requests/lines.ts';
import { type Retry, retryOf } from '../../core/results/remedy.ts';
import { parseResult } from '../../core/results/result.ts';
import { utf8Of } from '../../core/text/utf8.ts';
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
  /** Of a request that ended without an answer; `never` for one that has it. */
  readonly retry: Retry;
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
        const result = line.tooLong ? undefined : parseResult(utf8Of(line.bytes));
        if (result === undefined) unreadable += 1;
        else {
          const { customId, ending } = result;
          const succeeded = ending.kind === 'succeeded';
          const retry = ending.kind === 'succeeded' ? 'never' : retryOf({ ...ending, outcome: ending.kind });
          if (ending.kind === 'succeeded') models.add(ending.message.model);
          const canceled = ending.kind === 'canceled';
          lines.push({ customId, succeeded, retry, canceled, offset: line.offset, length: line.bytes.length });
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
