import type { Problem } from '../messages/problems.ts';

/** Most problems to hold of one run: whoever has more fixes them by a script, and memory and log have an end. */
const MAX_KEPT = 10_000;

/** Problems in their order; of those above the limit only how many there are of each code. */
export function createProblemList(first: readonly Problem[] = []) {
  const kept: Problem[] = [];
  const left = new Map<string, number>();
  let count = 0;
  const list = {
    /** How many there are, kept or not. */
    get count() {
      return count;
    },
    /** What is kept, and at its end one that counts the others. */
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
