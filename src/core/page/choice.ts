import type { AnswerRank } from '../results/whole-answer.ts';
import { countOf, formatCount } from '../text/numbers.ts';

/** Cases that a page lists: more would make it slow to open and to search. */
const MAX_CASES = 2_000;

/** Which cases a page shows. */
export interface Choice {
  /**
   * 0-based places in the order of the file, in the order to write them: those without an answer, those with one that is not
   * whole, then the others.
   */
  readonly positions: readonly number[];
  readonly total: number;
  /** How many of all have no answer or no whole one. */
  readonly failing: number;
  /** How many of these have no answer. */
  readonly unanswered: number;
}

/**
 * Chooses from all cases, given by the rank of their answers in the order of the file: the lower ranks first, `limit` at
 * most. Holds no more than `limit` places of each rank.
 */
export function chooseCases(ranks: Iterable<AnswerRank>, limit = MAX_CASES): Choice {
  const places: Record<AnswerRank, number[]> = { 0: [], 1: [], 2: [] };
  const counts: Record<AnswerRank, number> = { 0: 0, 1: 0, 2: 0 };
  let total = 0;
  for (const rank of ranks) {
    if (places[rank].length < limit) places[rank].push(total);
    counts[rank] += 1;
    total += 1;
  }
  const positions = [...places[0], ...places[1], ...places[2]].slice(0, limit);
  return { positions, total, failing: counts[0] + counts[1], unanswered: counts[0] };
}

/** What the list has where it leaves something out, as a plain sentence; undefined where it has all. */
export function leftOutSentence({ positions, total, failing, unanswered }: Choice): string | undefined {
  const shown = positions.length;
  if (shown >= total) return undefined;
  const head = `${formatCount(shown)} of ${countOf(total, 'case')} are listed`;
  return `${head}: ${whichAreShown(shown, failing, unanswered)}.`;
}

function whichAreShown(shown: number, failing: number, unanswered: number): string {
  if (failing === 0) return 'the first of the file, and every case has a whole answer';
  if (unanswered > shown) return `the first of ${formatCount(unanswered)} that have no answer`;
  if (failing > shown && unanswered > 0) {
    const all = unanswered === 1 ? 'the one without an answer' : `all ${formatCount(unanswered)} without an answer`;
    return `${all}, and the first of ${formatCount(failing - unanswered)} whose answer is not whole`;
  }
  if (failing > shown) return `the first of ${formatCount(failing)} that have no whole answer`;
  if (failing === shown) return `all ${formatCount(failing)} that have no whole answer`;
  const them = failing === 1 ? 'the one that has' : `all ${formatCount(failing)} that have`;
  return `${them} no whole answer, and the first of the others`;
}
