import type { Problem } from '../messages/problems.ts';

/** Most problems to keep per run: nobody fixes more by hand, and memory and log are limited. */
const MAX_KEPT = 10_000;

/** Collects problems in order; beyond the limit, only counts them by code. */
export function createProblemList(first: readonly Problem[] = []) {
  const kept: Problem[] = [];
  const left = new Map<string, number>();
  let count = 0;
  const list = {
    /** The number of all problems, kept or not. */
    get count() {
      return count;
    },
    /** The kept problems, followed by one that counts the rest. */
    get problems(): readonly Problem[] {
      if (left.size === 0) return kept;
      const kinds = Array.from(left, ([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
      return [...kept, { code: 'unlisted-problems', kinds }];
    },
    add(problem: Problem): void {
      count += 1;
      if (kept.length < MAX_KEPT) kept.push(problem);
      else left.set(problem.code, (left.get(problem.code) ?? 0) + 1);
    },
  };
  for (const problem of first) list.add(problem);
  return list;
}
