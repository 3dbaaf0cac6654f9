import type { Estimate } from './estimate.ts';
import type { RequestStats } from './request-stats.ts';

/** The requests at these positions, ascending, as a set of their own. Of beginnings that repeat only the whole set can tell. */
export function subsetOf(stats: RequestStats, positions: readonly number[]): RequestStats {
  if (positions.length === stats.requests.length) return stats;
  const requests = positions.flatMap((position) => stats.requests[position] ?? []);
  const models = [...new Set(requests.flatMap(({ model }) => model ?? []))];
  return { requests, models, thinkingBudget: stats.thinkingBudget, prefixes: () => [] };
}

/** Counted tokens by the positions that requests have in the subset. */
export function countsIn(counts: ReadonlyMap<number, number>, positions: readonly number[]): Map<number, number> {
  return new Map(
    positions.flatMap((position, index): [number, number][] => {
      const count = counts.get(position);
      return count === undefined ? [] : [[index, count]];
    }),
  );
}

/** The estimate of a subset, with the positions that requests have in the whole set. */
export function inWhole(estimate: Estimate, positions: readonly number[]): Estimate {
  const tooLong = estimate.tooLong.map((one) => ({ ...one, position: positions[one.position] ?? one.position }));
  return { ...estimate, tooLong };
}
