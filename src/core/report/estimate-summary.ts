import { type Femto, formatMicro, roundToMicro } from '../cost/money.ts';
import type { Bounds, Estimate } from '../estimate/estimate.ts';
import type { SummaryEstimate, SummaryRange } from './summary.ts';

/** An estimate as the summary tells it: money as text, and no amount where no request has a price. */
export function estimateOf(estimate: Estimate): SummaryEstimate {
  const { requests, counted, basis, inputTokens, outputTokens, unpriced, unbounded } = estimate;
  const isPriced = unpriced.requests < requests;
  return {
    requests,
    counted,
    basis,
    input_tokens: rangeOf(inputTokens),
    output_tokens: rangeOf(outputTokens),
    batch: isPriced ? amountsOf(estimate.batch) : null,
    standard: isPriced ? amountsOf(estimate.standard) : null,
    unpriced: unpriced.requests,
    unpriced_models: unpriced.models,
    unbounded: unbounded.requests,
    calculator: isPriced ? calculatorOf(estimate) : null,
  };
}

function calculatorOf({ calculator: { caching, standard, batch } }: Estimate): SummaryEstimate['calculator'] {
  const pair = ({ uncached, cached }: { readonly uncached: Femto; readonly cached: Femto }) => {
    return { uncached: usd(uncached), cached: usd(cached) };
  };
  return { caching, standard: pair(standard), batch: pair(batch) };
}

function rangeOf({ low, point, high, upper }: Bounds<number>): SummaryRange<number> {
  return { low, likely: point, high, upper: upper ?? null };
}

function amountsOf({ low, point, high, upper }: Bounds<Femto>): SummaryRange<string> {
  return { low: usd(low), likely: usd(point), high: usd(high), upper: upper === undefined ? null : usd(upper) };
}

function usd(amount: Femto): string {
  return formatMicro(roundToMicro(amount));
}
