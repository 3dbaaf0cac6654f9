import type { ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import type { Femto } from '../text/money.ts';
import type { Estimate } from './estimate.ts';
import { likelyTokensOf } from './request-tokens.ts';

/** The most a run may cost, and which end of the estimate is compared with it. */
export interface Budget {
  /** Undefined without a limit. */
  readonly maxCost: Femto | undefined;
  readonly basis: 'upper' | 'likely';
}

/** Most models to name; a file may have as many as it has lines. */
const MOST_MODELS = 3;

/**
 * Why this budget forbids submitting a batch, and what would make it fit; undefined if it fits. Compares amounts exactly. A batch that
 * cannot be priced or bounded does not fit.
 */
export function checkBudget(estimate: Estimate, budget: Budget): ProblemData | undefined {
  const { requests, unpriced, unbounded, parts, batch, judging } = estimate;
  const { maxCost: maxCostUsd, basis } = budget;
  if (maxCostUsd === undefined) return undefined;
  if (unpriced.requests > 0) {
    const models = unpriced.models.slice(0, MOST_MODELS).map((name) => clip(name, 60));
    const moreModels = unpriced.models.length - models.length;
    return { code: 'unknown-price', requests: unpriced.requests, total: requests, models, moreModels };
  }
  if (judging !== undefined && judging.unpriced > 0)
    return { code: 'judge-without-price', judgements: judging.unpriced };
  const end = basis === 'upper' ? 'upper' : 'point';
  const totalUsd = batch[end];
  const likelyUsd = batch.point;
  if (totalUsd === undefined) return { code: 'no-upper-bound', ...unbounded, total: requests, likelyUsd, maxCostUsd };
  if (totalUsd <= maxCostUsd) return undefined;
  const room = maxCostUsd - (parts.input[end] ?? 0n) - (parts.searches[end] ?? 0n);
  const maxTokens = fittingMaxTokens(estimate, basis, room);
  const judgements = judging === undefined ? {} : { judgements: judging.judgements };
  return {
    code: 'over-budget',
    basis,
    requests,
    ...judgements,
    worstUsd: batch.upper,
    likelyUsd,
    maxCostUsd,
    maxTokens,
  };
}

/**
 * The largest `max_tokens` that, given to every request by `override-params`, keeps the answers within this amount. Undefined if none
 * does, if it leaves no room for some request's thinking, or if it is not below the current one.
 */
function fittingMaxTokens({ answers }: Estimate, basis: Budget['basis'], room: Femto): number | undefined {
  const costOf = (maxTokens: number): Femto =>
    basis === 'upper'
      ? BigInt(maxTokens) * answers.upperToken
      : BigInt(likelyTokensOf(maxTokens, false)) * answers.plainToken +
        BigInt(likelyTokensOf(maxTokens, true)) * answers.thinkingToken;
  let fits = 0;
  let exceeds = answers.mostMaxTokens;
  while (exceeds - fits > 1) {
    const middle = fits + Math.floor((exceeds - fits) / 2);
    if (costOf(middle) <= room) fits = middle;
    else exceeds = middle;
  }
  return fits > answers.thinkingBudget && costOf(fits) <= room ? fits : undefined;
}
