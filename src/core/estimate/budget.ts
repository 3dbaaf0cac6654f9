import type { LineProblem } from '../requests/params.ts';
import { type Femto, formatMicro, roundToMicro } from '../text/money.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { quoteAscii } from '../text/value-words.ts';
import type { Estimate } from './estimate.ts';
import { type Budget, fittingMaxTokens } from './fitting-max-tokens.ts';

/**
 * Why a batch must not be submitted under this budget, with what would make it fit; undefined where it fits. Amounts are
 * compared exactly. What cannot be priced or bounded does not fit.
 */
export function judgeBudget(estimate: Estimate, budget: Budget): LineProblem | undefined {
  if (estimate.unpriced.requests > 0) return unknownPrice(estimate);
  if (budget.basis === 'likely') {
    const { point } = estimate.batch;
    return point > budget.maxCost ? overBudget(estimate, budget, point) : undefined;
  }
  const { upper } = estimate.batch;
  if (upper === undefined) return noUpperBound(estimate, budget);
  return upper > budget.maxCost ? overBudget(estimate, budget, upper) : undefined;
}

function unknownPrice({ unpriced, requests }: Estimate): LineProblem {
  const names = unpriced.models
    .slice(0, 3)
    .map((name) => quoteAscii(name, 60))
    .join(', ');
  const others = unpriced.models.length - 3;
  const more = others > 0 ? ` and ${countOf(others, 'more model')}` : '';
  const why = names === '' ? 'they name no model' : `no price, or not all of it, is known for ${names}${more}`;
  return {
    code: 'unknown-price',
    what: `what ${countOf(unpriced.requests, 'request')} of ${formatCount(requests)} may cost cannot be said, as ${why}, so that max-cost-usd cannot be kept`,
    cure:
      names === ''
        ? 'give every request a model'
        : 'give the prices with the input prices, every column the requests use, or remove max-cost-usd',
  };
}

function noUpperBound(estimate: Estimate, { maxCost }: Budget): LineProblem {
  const { unbounded, batch } = estimate;
  const causes = [
    ...(unbounded.serverTools > 0 ? ['tools that run at the API'] : []),
    ...(unbounded.compaction > 0 ? ['compaction'] : []),
  ];
  const cause = causes.join(' or ');
  const rest = unbounded.serverTools > 0 ? 'without what the tools bring' : 'without what is added';
  const fits = batch.point <= maxCost ? 'which fits' : `which needs a max-cost-usd of ${cents(batch.point)}`;
  return {
    code: 'no-upper-bound',
    what: `${countOf(unbounded.requests, 'request')} of ${formatCount(estimate.requests)} may use ${cause}, and nothing limits the tokens that adds, so that there is no upper bound to hold against max-cost-usd`,
    cure: `set max-cost-basis: likely, ${fits} (about ${dollars(batch.point)}, ${rest}), do without ${cause}, or remove max-cost-usd`,
  };
}

function overBudget(estimate: Estimate, budget: Budget, amount: Femto): LineProblem {
  const { inputTokens, outputTokens, parts, requests, batch } = estimate;
  const { basis, maxCost } = budget;
  const isUpper = basis === 'upper';
  const end = isUpper ? 'upper' : 'point';
  const upTo = isUpper ? 'up to' : 'about';
  const tokensFor = (tokens: number | undefined, kind: string, cost: Femto | undefined) =>
    `${upTo} ${countOf(tokens ?? 0, `${kind} token`)} for ${dollars(cost ?? 0n)}`;
  const output = tokensFor(outputTokens[end], 'output', parts.output[end]);
  const searches = parts.searches[end] ?? 0n;
  const sum = [
    tokensFor(inputTokens[end], 'input', parts.input[end]),
    isUpper ? `${output} (all that max_tokens allows)` : output,
    ...(searches > 0n ? [`web searches for ${dollars(searches)}`] : []),
  ];
  const cures = [`raise max-cost-usd to ${cents(amount)}`];
  const maxTokens = fittingMaxTokens(estimate, budget);
  if (maxTokens !== undefined) cures.push(`set override-params: {max_tokens: ${maxTokens}}, which fits`);
  if (isUpper && batch.point <= maxCost)
    cures.push(`set max-cost-basis: likely, as about ${dollars(batch.point)} is likely`);
  else cures.push('send fewer requests');
  return {
    code: 'over-budget',
    what: `${countOf(requests, 'request')} with ${sum.join(' and ')} cost ${upTo} ${above(amount, maxCost)} in a batch, above max-cost-usd ${dollars(maxCost)}`,
    cure: `${cures.slice(0, -1).join(', ')}, or ${cures.at(-1)}`,
  };
}

function dollars(amount: Femto): string {
  return `$${formatMicro(roundToMicro(amount))}`;
}

/** An amount above a limit, never printed as if it were equal. */
function above(amount: Femto, limit: Femto): string {
  const micro = roundToMicro(amount);
  return `$${formatMicro(micro === roundToMicro(limit) ? micro + 1n : micro)}`;
}

const femtoPerCent = 10_000_000_000_000n;

/** In cents, rounded up. */
function cents(amount: Femto): string {
  const whole = (amount + femtoPerCent - 1n) / femtoPerCent;
  const digits = whole.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
