import { sequenceOf } from '../text/sequence.ts';
import type { Estimate } from './estimate.ts';
import type { RequestStat } from './request-stat.ts';
import type { RequestStats } from './request-stats.ts';

/** The requests at these ascending positions, as a set of their own. Only the whole set can tell which beginnings repeat. */
export function subsetOf(stats: RequestStats, positions: readonly number[]): RequestStats {
  if (positions.length === stats.requests.length) return stats;
  const requests = sequenceOf(
    () => positions.length,
    (index) => requestAt(stats, positions[index] ?? -1),
  );
  const models = new Set<string>();
  for (const { model } of requests) if (model !== undefined) models.add(model);
  return { requests, models: [...models], thinkingBudget: stats.thinkingBudget, prefixes: () => [] };
}

function requestAt({ requests }: RequestStats, position: number): RequestStat {
  const request = requests.at(position);
  if (request === undefined) throw new RangeError(`no request at ${position}`);
  return request;
}

/** Counted tokens by position in the subset. */
export function countsIn(counts: ReadonlyMap<number, number>, positions: readonly number[]): Map<number, number> {
  return new Map(
    positions.flatMap((position, index): [number, number][] => {
      const count = counts.get(position);
      return count === undefined ? [] : [[index, count]];
    }),
  );
}

/** The estimate of a subset, with positions in the whole set. */
export function inWhole(estimate: Estimate, positions: readonly number[]): Estimate {
  const tooLong = estimate.tooLong.map((one) => ({ ...one, position: positions[one.position] ?? one.position }));
  return { ...estimate, tooLong };
}
