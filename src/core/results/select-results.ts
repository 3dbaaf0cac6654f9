/** Place of a result line: download and line in it. */
export interface SelectedLine {
  readonly download: number;
  readonly line: number;
}

/** What the choice reads of a download. Downloads are in the order of their batches' creation. */
export interface ResultLine {
  readonly customId: string;
  readonly succeeded: boolean;
}

export interface Choice {
  /** By position of the request; undefined where no line came. */
  readonly lines: readonly (SelectedLine | undefined)[];
  /** By position. */
  readonly ids: readonly string[];
  /** By download: how many different ids came in it. */
  readonly came: readonly number[];
  readonly unmatched: number;
  readonly repeated: number;
}

/**
 * Picks one result line for every request. Positions are those of `wanted` where the requests are known, else the order
 * in which ids first came. Within one batch the first line of an id counts. Between batches an answer beats a failure,
 * then the later batch wins: that is how a later round replaces an earlier one.
 */
export function selectResults(
  downloads: readonly (readonly ResultLine[])[],
  wanted: ReadonlyMap<string, number> | undefined,
): Choice {
  const found = new Map<string, number>();
  const positions = wanted ?? found;
  const lines: (SelectedLine | undefined)[] = new Array<SelectedLine | undefined>(positions.size).fill(undefined);
  const came: number[] = [];
  let unmatched = 0;
  let repeated = 0;
  for (const [download, results] of downloads.entries()) {
    const seen = new Set<string>();
    for (const [line, { customId, succeeded }] of results.entries()) {
      const isRepeated = seen.has(customId);
      seen.add(customId);
      let position = positions.get(customId);
      if (position === undefined && wanted !== undefined) {
        unmatched += 1;
        continue;
      }
      if (position === undefined) {
        position = found.size;
        found.set(customId, position);
      }
      const held = lines[position];
      if (isRepeated) repeated += 1;
      else if (held === undefined || succeeded || !isAnswer(downloads, held)) lines[position] = { download, line };
    }
    came.push(seen.size);
  }
  return { lines, ids: [...positions.keys()], came, unmatched, repeated };
}

function isAnswer(downloads: readonly (readonly ResultLine[])[], { download, line }: SelectedLine): boolean {
  return downloads[download]?.[line]?.succeeded ?? false;
}
