import type { Bounds } from '../estimate/bounds.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { JudgingEstimate } from '../estimate/judging-estimate.ts';
import type { Range } from '../messages/estimate.ts';
import { type Femto, formatUsd } from '../text/money.ts';
import type { SummaryEstimate } from './summary.ts';

/**
 * The summary's form of an estimate: money as text, and no amounts if no request has a price. If only some have one, the amounts cover
 * that part, and there is no bound.
 */
export function estimateOf(estimate: Estimate): SummaryEstimate {
  const { requests, counted, basis, unpriced, unbounded, judging, reuse } = estimate;
  const { caching, standard, batch } = estimate.calculator;
  const hasPricedJudge = judging !== undefined && judging.unpriced === 0;
  const isPriced = requests === 0 ? hasPricedJudge : unpriced.requests < requests;
  const isWhole = unpriced.requests === 0 && (judging === undefined || hasPricedJudge);
  const amountsOf = (bounds: Bounds<Femto>): Range<string> =>
    rangeOf(isWhole ? bounds : { ...bounds, upper: undefined }, formatUsd);
  const pairOf = ({ uncached, cached }: { uncached: Femto; cached: Femto }) => {
    return { uncached: formatUsd(uncached), cached: formatUsd(cached) };
  };
  return {
    requests,
    counted,
    basis,
    input_tokens: rangeOf(estimate.inputTokens, Number),
    output_tokens: rangeOf(estimate.outputTokens, Number),
    batch: isPriced ? amountsOf(estimate.batch) : null,
    standard: isPriced ? amountsOf(estimate.standard) : null,
    unpriced: unpriced.requests,
    unpriced_models: unpriced.models,
    unbounded: unbounded.requests,
    unbounded_by: unbounded.causes,
    reuse: reuse === undefined ? null : { requests: reuse.requests, usd: formatUsd(reuse.cost) },
    judging: judging === undefined ? null : judgingOf(judging),
    calculator: isPriced ? { caching, standard: pairOf(standard), batch: pairOf(batch) } : null,
  };
}

function judgingOf({ judgements, batch, unpriced }: JudgingEstimate): SummaryEstimate['judging'] {
  return { judgements, batch: unpriced === 0 ? rangeOf(batch, formatUsd) : null };
}

function rangeOf<A, T>({ low, point, high, upper }: Bounds<A>, print: (amount: A) => T): Range<T> {
  return { low: print(low), likely: print(point), high: print(high), upper: upper === undefined ? null : print(upper) };
}
