/** Where a result line stands: which download, which line of it. */
export interface Chosen {
  readonly download: number;
  readonly line: number;
}

/** What the choice reads of a download. Downloads are in the order of their batches' creation. */
export interface ChoosableLine {
  readonly customId: string;
  readonly succeeded: boolean;
}

export interface Choice {
  /** By position of the request; undefined where no line came. */
  readonly lines: readonly (Chosen | undefined)[];
  /** By position. */
  readonly ids: readonly string[];
  readonly foreign: number;
  readonly repeated: number;
}

/**
 * Picks one result line for every request. Positions are those of `wanted` where the requests are known, else the order
 * in which ids first came. Within one batch the first line of an id counts. Between batches an answer beats a failure,
 * then the later batch wins: that is how a later round replaces an earlier one.
 */
export function chooseLines(
  downloads: readonly (readonly ChoosableLine[])[],
  wanted: ReadonlyMap<string, number> | undefined,
): Choice {
  const positions = new Map<string, number>(wanted);
  const lines: (Chosen | undefined)[] = new Array<Chosen | undefined>(positions.size).fill(undefined);
  let foreign = 0;
  let repeated = 0;
  for (const [download, found] of downloads.entries()) {
    for (const [line, { customId, succeeded }] of found.entries()) {
      let position = positions.get(customId);
      if (position === undefined) {
        if (wanted !== undefined) {
          foreign += 1;
          continue;
        }
        position = positions.size;
        positions.set(customId, position);
      }
      const held = lines[position];
      if (held !== undefined && held.download === download) repeated += 1;
      else if (held === undefined || succeeded || !isAnswer(downloads, held)) lines[position] = { download, line };
    }
  }
  return { lines, ids: [...positions.keys()], foreign, repeated };
}

function isAnswer(downloads: readonly (readonly ChoosableLine[])[], { download, line }: Chosen): boolean {
  return downloads[download]?.[line]?.succeeded ?? false;
}
