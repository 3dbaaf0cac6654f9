import { createColumn } from '../text/column.ts';
import type { ResultLines } from './result-lines.ts';

/** Place of a result line: its download and its number there. */
export interface SelectedLine {
  readonly download: number;
  readonly line: number;
}

export interface Choice {
  /** Custom ID → position, in order of position. */
  readonly ids: ReadonlyMap<string, number>;
  /** Undefined if the request has no line. */
  lineOf(position: number): SelectedLine | undefined;
  /** By download: the number of requests with a line in it. */
  readonly came: readonly number[];
  readonly unmatched: number;
  readonly repeated: number;
}

/**
 * Picks one result line for every request. Positions are those in `wanted` (with which the lines were read) if the requests are known,
 * else the order in which ids first appear. Within a batch, the first line of an id counts. Between batches, an answer beats a failure,
 * then the later batch wins: this is how a later round replaces an earlier one. Downloads are in order of their batches' creation.
 */
export function selectResults(
  downloads: readonly Pick<ResultLines, 'count' | 'unknownIds' | 'position' | 'unknownId' | 'kind'>[],
  wanted: ReadonlyMap<string, number> | undefined,
): Choice {
  const found = new Map<string, number>();
  if (wanted === undefined)
    for (const { unknownIds } of downloads) for (const id of unknownIds) if (!found.has(id)) found.set(id, found.size);
  /** Number of the download + 1, so that 0 means none. */
  const chosenDownload = createColumn();
  const chosenLine = createColumn();
  const isAnswered = createColumn();
  const came: number[] = [];
  let unmatched = 0;
  let repeated = 0;
  for (const [download, lines] of downloads.entries()) {
    const hasCome = createColumn();
    let count = 0;
    for (let line = 0; line < lines.count; line += 1) {
      const position = lines.position(line) ?? found.get(lines.unknownId(line) ?? '');
      if (position === undefined) {
        unmatched += 1;
        continue;
      }
      if (hasCome.get(position) === 1) {
        repeated += 1;
        continue;
      }
      hasCome.put(position, 1);
      count += 1;
      const isAnswer = lines.kind(line) === 'succeeded';
      if (!isAnswer && isAnswered.get(position) === 1) continue;
      isAnswered.put(position, isAnswer ? 1 : 0);
      chosenDownload.put(position, download + 1);
      chosenLine.put(position, line);
    }
    came.push(count);
  }
  return {
    ids: wanted ?? found,
    lineOf(position) {
      const download = chosenDownload.get(position) - 1;
      return download === -1 ? undefined : { download, line: chosenLine.get(position) };
    },
    came,
    unmatched,
    repeated,
  };
}
