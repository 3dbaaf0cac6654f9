import type { Rejected } from '../../core/endings/outcome.ts';
import { checkBudget } from '../../core/estimate/budget.ts';
import { estimateCost } from '../../core/estimate/estimate.ts';
import type { RequestStats } from '../../core/estimate/request-stats.ts';
import { subsetOf } from '../../core/estimate/subset.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { ModelLookUp } from '../../core/lint/check-models.ts';
import type { Failure } from '../../core/messages/failures.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { isKeyUnknown } from '../../core/polling/error-class.ts';
import { ApiError } from '../../ports/api.ts';
import { judgeProblems } from '../admit/judge.ts';
import { knownModels, lookUpModels } from '../admit/models.ts';
import type { CollectingRun } from '../run/run.ts';

/** Why judgements are not sent: as the failure of a run that goes on without them, and as what keeps a round from being sent. */
export interface JudgingRefusal {
  readonly failure: Failure;
  readonly outcome: Rejected;
}

/**
 * Checks judgements that were not sent yet. `isAdmitted`: whether their model was looked up before. Checks them alone against the
 * budget: they cannot cost more than they were estimated at before the answers existed, if they were.
 */
export async function refuseJudging(
  run: CollectingRun,
  requests: RequestSet,
  {
    judge,
    isAdmitted,
    toSend,
  }: { readonly judge: string; readonly isAdmitted: boolean; readonly toSend: readonly number[] },
): Promise<JudgingRefusal | undefined> {
  const lookUps = isAdmitted ? NO_LOOK_UPS : await lookUp(run, judge);
  const [wrong] = judgeProblems(run.ports, judge, { lookUps, judged: [] }).errors;
  const problem = wrong ?? overBudget(run, subsetOf(requests.stats, toSend), lookUps);
  if (problem === undefined) return undefined;
  const judgements = requests.places.length;
  return {
    failure: { code: 'judging-refused', judgements, problem },
    outcome: { status: 'rejected', problems: [problem], failures: [], requestCount: judgements },
  };
}

const NO_LOOK_UPS: ReadonlyMap<string, ModelLookUp> = new Map();

/** Where the API does not know the key, creating the batch fails and says so. */
async function lookUp({ ports }: CollectingRun, judge: string): Promise<ReadonlyMap<string, ModelLookUp>> {
  try {
    return await lookUpModels(ports, [judge]);
  } catch (error) {
    if (!(error instanceof ApiError) || !isKeyUnknown(error)) throw error;
    return NO_LOOK_UPS;
  }
}

function overBudget(
  { ports, inputs, prices }: CollectingRun,
  stats: RequestStats,
  lookUps: ReadonlyMap<string, ModelLookUp>,
): Problem | undefined {
  const { maxCost, maxCostBasis: basis } = inputs;
  if (maxCost === undefined) return undefined;
  const models = knownModels(lookUps, inputs.api.betas);
  const estimated = estimateCost({ stats, counts: new Map(), models, prices, atMs: ports.clock.date() });
  const { requests: judgements, batch, unpriced } = estimated;
  const judging = { judgements, batch, unpriced: unpriced.requests };
  const alone = { ...estimated, requests: 0, unpriced: { requests: 0, models: [] }, judging };
  return checkBudget(alone, { maxCost, basis });
}
