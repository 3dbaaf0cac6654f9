import Diff from 'diff/lib/diff/base.js';

/** A part of a text, and whether the other text has something else there. */
export interface Piece {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Two texts in pieces, each in its order. */
export interface Changes {
  readonly before: readonly Piece[];
  readonly now: readonly Piece[];
}

/** Words that differ, above which the search for what they have in common is given up. */
const MAX_CHANGES = 3_000;
const MAX_MS = 400;
/** Texts that have less in common than this share of the longer one are two texts, not one that was changed. */
const LEAST_IN_COMMON = 0.1;

/** Words, blanks, and signs one by one, as are the letters of scripts that put no blanks between words. */
const WORDS =
  /[[\p{L}\p{M}\p{N}_]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]]+|\s+|[^\s]/gv;

class Words extends Diff<string, string> {
  override tokenize(text: string): string[] {
    return text.match(WORDS) ?? [];
  }
}

/** What changed between two texts, word by word; undefined where they have little in common, or it takes too long to tell. */
export function findChanges(before: string, now: string): Changes | undefined {
  const parts = new Words().diff(before, now, { maxEditLength: MAX_CHANGES, timeout: MAX_MS });
  if (parts === undefined) return undefined;
  const common = parts.filter(({ added, removed }) => !added && !removed).map(({ value }) => value.trim().length);
  const share = common.reduce((sum, length) => sum + length, 0) / Math.max(before.length, now.length);
  if (share < LEAST_IN_COMMON) return undefined;
  return {
    before: joinPieces(
      parts.flatMap(({ value, added, removed }) => (added ? [] : { text: value, isChanged: removed })),
    ),
    now: joinPieces(parts.flatMap(({ value, added, removed }) => (removed ? [] : { text: value, isChanged: added }))),
  };
}

/** A space between two changed words is read as changed as well. */
function joinPieces(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = [];
  for (const [index, { text, isChanged }] of pieces.entries()) {
    const isBetween =
      /^[^\S\n]+$/.test(text) && made.at(-1)?.isChanged === true && pieces[index + 1]?.isChanged === true;
    const last = made.at(-1);
    const is = isChanged || isBetween;
    if (last?.isChanged === is) made[made.length - 1] = { text: last.text + text, isChanged: is };
    else made.push({ text, isChanged: is });
  }
  return made;
}
