import type { Summary } from '../summary/summary.ts';
import { countOf, formatCount } from '../text/numbers.ts';

type Amounts = Pick<Summary['cost'], 'usd' | 'standard_usd' | 'saved_usd' | 'lower_bound'>;

/** An amount as every text prints it: `$0.058312`, `at least $0.058312`, `unknown`. */
export function renderUsd(amount: string | null, lowerBound: boolean): string {
  if (amount === null) return 'unknown';
  const sign = amount.startsWith('-') ? '-' : '';
  return `${lowerBound ? 'at least ' : ''}${sign}$${amount.slice(sign.length)}`;
}

/** How many requests were answered and what that cost, as a sentence without its full stop. */
export function renderAnswered({ requests, cost }: Pick<Summary, 'requests' | 'cost'>): string {
  const { total, succeeded } = requests;
  if (succeeded === 0) return `None of ${countOf(total ?? 0, 'request')} answered, so nothing is billed`;
  return `${formatCount(succeeded ?? 0)} of ${countOf(total ?? 0, 'request')} answered ${renderCostClause(cost)}`;
}

/** What the results cost and what the batch saved, as the end of a sentence about them. */
export function renderCostClause({ usd, saved_usd, lower_bound }: Amounts): string {
  if (usd === null) return 'at an unknown cost: no price is known for what they used';
  const saved = saved_usd === null ? '' : `, ${renderUsd(saved_usd, lower_bound)} less than without a batch`;
  return `for ${renderUsd(usd, lower_bound)}${saved}`;
}
