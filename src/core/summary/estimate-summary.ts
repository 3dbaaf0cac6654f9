import type { Bounds } from '../estimate/bounds.ts';
import type { Estimate } from '../estimate/estimate.ts';
import { type Femto, formatMicro, roundToMicro } from '../text/money.ts';
import type { SummaryEstimate, SummaryRange } from './summary.ts';

/**
 * An estimate as the summary tells it: money as text, and no amount where no request has a price. Where only some have one, the
 * amounts are those of a part, and no bound.
 */
export function estimateOf(estimate: Estimate): SummaryEstimate {
  const { requests, counted, basis, inputTokens, outputTokens, unpriced, unbounded } = estimate;
  const isPriced = unpriced.requests < requests;
  const isBound = unpriced.requests === 0;
  return {
    requests,
    counted,
    basis,
    input_tokens: rangeOf(inputTokens),
    output_tokens: rangeOf(outputTokens),
    batch: isPriced ? amountsOf(estimate.batch, isBound) : null,
    standard: isPriced ? amountsOf(estimate.standard, isBound) : null,
    unpriced: unpriced.requests,
    unpriced_models: unpriced.models,
    unbounded: unbounded.requests,
    unbounded_by: unbounded.causes,
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

function amountsOf({ low, point, high, upper }: Bounds<Femto>, isBound: boolean): SummaryRange<string> {
  const most = isBound && upper !== undefined ? usd(upper) : null;
  return { low: usd(low), likely: usd(point), high: usd(high), upper: most };
}

function usd(amount: Femto): string {
  return formatMicro(roundToMicro(amount));
}
