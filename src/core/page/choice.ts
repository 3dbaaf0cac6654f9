import type { AnswerRank } from '../results/whole-answer.ts';

/** Cases that a page lists: more would make it slow to open and to search. */
const MAX_CASES = 2_000;

/** Which cases a page shows. */
export interface Choice {
  /** 0-based places in the order of the file, in the order to write them: no answer, incomplete answers, complete ones. */
  readonly positions: readonly number[];
  readonly total: number;
  /** How many of all have no answer. */
  readonly unanswered: number;
  /** How many of all have an incomplete one. */
  readonly incomplete: number;
}

/** Chooses from all cases, given by the rank of their answers in the order of the file: lower ranks first, `limit` at most. */
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
  return { positions, total, unanswered: counts[0], incomplete: counts[1] };
}
