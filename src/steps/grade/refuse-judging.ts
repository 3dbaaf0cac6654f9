import type { Rejected } from '../../core/endings/outcome.ts';
import { judgeBudget } from '../../core/estimate/budget.ts';
import { estimateCost } from '../../core/estimate/estimate.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Failure } from '../../core/messages/failures.ts';
import type { Problem } from '../../core/messages/problems.ts';
import type { CollectingRun } from '../run/run.ts';

/** Why judgements are not sent: as the failure of a run that goes on without them, and as what keeps a round from being sent. */
export interface JudgingRefusal {
  readonly failure: Failure;
  readonly outcome: Rejected;
}

/**
 * Holds the judgements alone against the budget. Their prompts are known by now, but not counted, as they were not for the first
 * estimate: they cannot cost more than that said.
 */
export async function refuseJudging(run: CollectingRun, requests: RequestSet): Promise<JudgingRefusal | undefined> {
  const { ports, inputs, prices } = run;
  const { maxCost, maxCostBasis: basis } = inputs;
  if (maxCost === undefined) return undefined;
  const about = { stats: requests.stats, counts: new Map<number, number>(), models: new Map(), prices };
  const estimated = estimateCost({ ...about, atMs: ports.clock.date() });
  const problem = judgeBudget(estimated, { maxCost, basis });
  return problem && refusalOf(requests, problem);
}

function refusalOf({ places }: RequestSet, problem: Problem): JudgingRefusal {
  const judgements = places.length;
  return {
    failure: { code: 'judging-refused', judgements, problem },
    outcome: { status: 'rejected', problems: [problem], failures: [], requestCount: judgements },
  };
}
