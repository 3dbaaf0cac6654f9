import type { Femto } from '../text/money.ts';
import type { Bounds } from './bounds.ts';
import type { Estimate } from './estimate.ts';

/**
 * The estimate of the requests plus the judgements of their answers. Amounts cover both; tokens and counts only the requests. From
 * `upper`, which assumes the longest possible answers, only the upper bound is used.
 */
export function withJudgements(
  requests: Estimate,
  { likely, upper }: { readonly likely: Estimate; readonly upper: Estimate },
): Estimate {
  const most = (of: 'batch' | 'standard'): Bounds<Femto> => ({ ...likely[of], upper: upper[of].upper });
  const [batch, standard] = [most('batch'), most('standard')];
  const { calculator, parts } = requests;
  const four = (of: 'batch' | 'standard') => ({
    uncached: calculator[of].uncached + likely.calculator[of].uncached,
    cached: calculator[of].cached + likely.calculator[of].cached,
  });
  return {
    ...requests,
    batch: addBounds(requests.batch, batch),
    standard: addBounds(requests.standard, standard),
    // Relative to the cost of the answers, judging is as fixed a part as the prompts.
    parts: { ...parts, input: addBounds(parts.input, batch) },
    // The judge's requests have cache breakpoints.
    calculator: {
      caching: calculator.caching === 'none' ? 'marks' : calculator.caching,
      standard: four('standard'),
      batch: four('batch'),
    },
    judging: { judgements: likely.requests, batch, unpriced: likely.unpriced.requests },
  };
}

function addBounds(a: Bounds<Femto>, b: Bounds<Femto>): Bounds<Femto> {
  const upper = a.upper === undefined || b.upper === undefined ? undefined : a.upper + b.upper;
  return { low: a.low + b.low, point: a.point + b.point, high: a.high + b.high, upper };
}
