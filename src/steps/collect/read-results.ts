import { createLineSplitter, isBlank, type Line } from '../../core/requests/lines.ts';
import { parseResult } from '../../core/results/result.ts';
import { createResultLines, type ResultLines } from '../../core/results/result-lines.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { Ports } from '../../ports/ports.ts';

/** What was read of a stream of results. */
export interface Fetched {
  readonly lines: ResultLines;
  readonly unreadable: number;
}

/** Every model limits a message far below this; a longer line is unreadable. */
export const MAX_LINE_BYTES = 64 << 20;

/**
 * Writes incoming result lines to a file and parses each once. `ids`: custom ID → position of the requests, where they are
 * known. Throws errors of the stream or the disk.
 */
export async function readResults(
  { files }: Pick<Ports, 'files'>,
  stream: AsyncIterable<Uint8Array>,
  { path, ids }: { readonly path: string; readonly ids: ReadonlyMap<string, number> | undefined },
): Promise<Fetched> {
  const writer = await files.write(path);
  try {
    const splitter = createLineSplitter(MAX_LINE_BYTES);
    const lines = createResultLines(ids);
    let unreadable = 0;
    const take = ({ bytes, offset, tooLong }: Line): void => {
      if (!tooLong && isBlank(bytes)) return;
      const result = tooLong ? undefined : parseResult(utf8Of(bytes));
      if (result === undefined) unreadable += 1;
      else lines.add(result, { offset, length: bytes.length });
    };
    for await (const piece of stream) {
      const full = writer.write(piece);
      if (full !== undefined) await full;
      for (const line of splitter.push(piece)) take(line);
    }
    for (const line of splitter.end()) take(line);
    await writer.commit();
    return { lines, unreadable };
  } finally {
    await writer.discard();
  }
}
