import type { Rejected } from '../../core/endings/outcome.ts';
import { checkBudget } from '../../core/estimate/budget.ts';
import { estimateCost } from '../../core/estimate/estimate.ts';
import { subsetOf } from '../../core/estimate/subset.ts';
import type { SubmittingRun } from '../run/run.ts';

/**
 * Logs what it costs to send the requests at these positions, whose earlier answers are gone since the others were sent, or returns
 * why they may not be sent. What earlier runs spent on the others does not count against the budget again.
 */
export function admitLost(
  { ports, inputs, prices, requests }: SubmittingRun,
  lost: readonly number[],
): Rejected | undefined {
  const stats = subsetOf(requests.stats, lost);
  const estimated = estimateCost({ stats, counts: new Map(), models: new Map(), prices, atMs: ports.clock.date() });
  const { maxCost, maxCostBasis: basis } = inputs;
  const problem = checkBudget(estimated, { maxCost, basis });
  if (problem === undefined) {
    ports.log.warning({ code: 'reuse-resent', count: lost.length, usd: estimated.batch.point });
    return undefined;
  }
  return { status: 'rejected', problems: [problem], failures: [], requestCount: requests.places.length };
}
