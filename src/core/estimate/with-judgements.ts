import type { Femto } from '../text/money.ts';
import type { Bounds } from './bounds.ts';
import type { Estimate } from './estimate.ts';

/**
 * The estimate of requests and of the judgements of their answers. Amounts are of both, tokens and counts of the requests. Of `upper`
 * only the upper bound is used: it takes the longest answers there can be.
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
    // For what the answers may cost, a judge is as fixed a part as the prompts.
    parts: { ...parts, input: addBounds(parts.input, batch) },
    // The judge's requests are marked.
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
