import { createLineSplitter } from '../../core/requests/lines.ts';
import type { Span } from '../../core/results/case-places.ts';
import { parseResult } from '../../core/results/result.ts';
import type { FileReader, Files } from '../../ports/machine.ts';

/** A longer line is no answer that a page could show. */
const MAX_LINE_BYTES = 16 << 20;

/** Answers of a baseline, as lines of its results. */
export interface BaselineAnswers {
  /** The line for a request, or for its case where the baseline had another number of answers. */
  beforeOf(id: string, caseId: string): string | undefined;
  close(): void;
}

/**
 * Finds the answers of these custom IDs in the results of a baseline, which are read once and may hold anything. Of lines with
 * one ID the last counts. Throws errors of the disk.
 */
export async function findBaselineAnswers(
  files: Files,
  path: string,
  wanted: ReadonlySet<string>,
): Promise<BaselineAnswers> {
  const places = new Map<string, Span>();
  const splitter = createLineSplitter(MAX_LINE_BYTES);
  const take = (lines: ReturnType<typeof splitter.push>): void => {
    for (const { bytes, offset, tooLong } of lines) {
      const result = tooLong ? undefined : parseResult(Buffer.from(bytes).toString('utf8'));
      if (result !== undefined && wanted.has(result.customId))
        places.set(result.customId, { offset, length: bytes.length });
    }
  };
  for await (const piece of files.read(path)) take(splitter.push(piece));
  take(splitter.end());
  const reader: FileReader = files.open(path);
  return {
    beforeOf(id, caseId) {
      const place = idsOf(id, caseId)
        .map((one) => places.get(one))
        .find((one) => one !== undefined);
      return place && Buffer.from(reader.readAt(place.offset, place.length)).toString('utf8');
    },
    close: () => reader.close(),
  };
}

/** The custom IDs under which a baseline may have the answer to a request, the best one first. */
export function idsOf(id: string, caseId: string): readonly string[] {
  return [id, caseId, `${caseId}-r1`];
}
