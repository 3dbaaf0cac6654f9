import type { ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import type { Femto } from '../text/money.ts';
import type { Estimate } from './estimate.ts';
import { likelyTokensOf } from './request-tokens.ts';

/** The most a run may cost, and which end of the estimate is compared with it. */
export interface Budget {
  readonly maxCost: Femto;
  readonly basis: 'upper' | 'likely';
}

/**
 * Why a batch must not be submitted under this budget, with what would make it fit; undefined where it fits. Amounts are
 * compared exactly. What cannot be priced or bounded does not fit.
 */
export function judgeBudget(estimate: Estimate, budget: Budget): ProblemData | undefined {
  if (estimate.unpriced.requests > 0) return unknownPrice(estimate);
  const { upper, point } = estimate.batch;
  const total = budget.basis === 'likely' ? point : upper;
  if (total === undefined) return noUpperBound(estimate, budget);
  return total > budget.maxCost ? overBudget(estimate, budget, total) : undefined;
}

/** Models that are named; a file may have as many as it has lines. */
const MOST_MODELS = 3;

function unknownPrice({ unpriced, requests: total }: Estimate): ProblemData {
  const models = unpriced.models.slice(0, MOST_MODELS).map((name) => clip(name, 60));
  const moreModels = unpriced.models.length - models.length;
  return { code: 'unknown-price', requests: unpriced.requests, total, models, moreModels };
}

function noUpperBound({ unbounded, batch, requests: total }: Estimate, { maxCost }: Budget): ProblemData {
  const causes = [
    ...(unbounded.serverTools > 0 ? (['server-tools'] as const) : []),
    ...(unbounded.compaction > 0 ? (['compaction'] as const) : []),
  ];
  const { requests } = unbounded;
  return { code: 'no-upper-bound', requests, total, causes, likelyUsd: batch.point, maxCostUsd: maxCost };
}

function overBudget(estimate: Estimate, budget: Budget, totalUsd: Femto): ProblemData {
  const { inputTokens, outputTokens, parts, requests, batch } = estimate;
  const { basis, maxCost: maxCostUsd } = budget;
  const end = basis === 'upper' ? 'upper' : 'point';
  return {
    code: 'over-budget',
    basis,
    requests,
    inputTokens: inputTokens[end] ?? 0,
    inputUsd: parts.input[end] ?? 0n,
    outputTokens: outputTokens[end] ?? 0,
    outputUsd: parts.output[end] ?? 0n,
    searchesUsd: parts.searches[end] ?? 0n,
    totalUsd,
    likelyUsd: batch.point,
    maxCostUsd,
    maxTokens: fittingMaxTokens(estimate, budget),
  };
}

/**
 * The largest `max_tokens` which, given to every request by `override-params`, keeps the estimate within the budget.
 * Undefined where none does, or only one that leaves no room for the thinking some request asks for, or that is no lower than what
 * stands there.
 */
function fittingMaxTokens(estimate: Estimate, { maxCost, basis }: Budget): number | undefined {
  const { parts, answers } = estimate;
  const end = basis === 'upper' ? 'upper' : 'point';
  const room = maxCost - (parts.input[end] ?? 0n) - (parts.searches[end] ?? 0n);
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
