import type { Femto } from '../text/money.ts';
import { likelyTokensOf } from './answer-tokens.ts';
import type { Estimate } from './estimate.ts';

/**
 * The largest `max_tokens` which, given to every request by `override-params`, keeps the estimate within the budget.
 * Undefined where none does, or only one that leaves no room for the thinking some request asks for, or that is no lower than what
 * stands there.
 */
export function fittingMaxTokens(estimate: Estimate, { maxCost, basis }: Budget): number | undefined {
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

/** The most a run may cost, and which end of the estimate is held against it. */
export interface Budget {
  readonly maxCost: Femto;
  readonly basis: 'upper' | 'likely';
}
