import { countOf, formatCount } from '../numbers.ts';

/** Cases that a page lists: more would make it slow to open and to search. */
export const MAX_CASES = 2_000;

/** Which cases a page shows. */
export interface Choice {
  /** 0-based places in the order of the file, in the order to write them: those without a whole answer, then the others. */
  readonly positions: readonly number[];
  readonly total: number;
  /** How many of all have no answer or no whole one. */
  readonly failing: number;
}

/**
 * Chooses from all cases, given as whether each has a whole answer, in the order of the file: first those that have none,
 * then the others, `limit` at most. Holds no more than `limit` places of each kind.
 */
export function chooseCases(wholeAnswers: Iterable<boolean>, limit = MAX_CASES): Choice {
  const failing: number[] = [];
  const whole: number[] = [];
  let total = 0;
  let failures = 0;
  for (const isWhole of wholeAnswers) {
    const places = isWhole ? whole : failing;
    if (places.length < limit) places.push(total);
    if (!isWhole) failures += 1;
    total += 1;
  }
  return { positions: [...failing, ...whole].slice(0, limit), total, failing: failures };
}

/** What the list leaves out and where that is, in plain sentences; undefined where it has all. */
export function leftOutSentence({ positions, total, failing }: Choice, whereTheRestIs: string): string | undefined {
  const shown = positions.length;
  if (shown >= total) return undefined;
  const head = `${formatCount(shown)} of ${countOf(total, 'case')} are listed`;
  return `${head}: ${whichAreShown(shown, failing)}. The rest is ${whereTheRestIs}.`;
}

function whichAreShown(shown: number, failing: number): string {
  if (failing === 0) return 'the first of the file, and every case has a whole answer';
  if (failing > shown) return `the first of ${formatCount(failing)} that have no whole answer`;
  if (failing === shown) return `all ${formatCount(failing)} that have no whole answer`;
  const them = failing === 1 ? 'the one that has' : `all ${formatCount(failing)} that have`;
  return `${them} no whole answer, and the first of the others`;
}
