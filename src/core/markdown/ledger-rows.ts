import type { Summary } from '../summary/summary.ts';
import { formatCount } from '../text/numbers.ts';
import { renderUsd } from './amounts.ts';

/** A figure and its name, as plain words. */
export type Figure = readonly [name: string, value: string];

/** The figures of a run in three groups, for the comment and the page. A row appears where it has something to say. */
export interface LedgerRows {
  readonly requests: readonly Figure[];
  readonly tokens: readonly Figure[];
  readonly cost: readonly Figure[];
}

/** Undefined before results are in. */
export function ledgerRows(summary: Summary): LedgerRows | undefined {
  const { requests, tokens, cost, estimate, error_rate_percent: rate, max_error_rate_percent: allowed } = summary;
  if (tokens === null) return undefined;
  const usd = (amount: string | null): string => renderUsd(amount, cost.lower_bound);
  return {
    requests: [
      ['Sent', formatCount(requests.total ?? 0)],
      ['Answered', formatCount(requests.succeeded ?? 0)],
      ...some('Errored', requests.errored),
      ...some('Canceled', requests.canceled),
      ...some('Expired', requests.expired),
      ...some('Missing', requests.missing),
      ...when(rate !== null && rate !== 0, ['Without an answer', `${rate} % (${allowed} % allowed)`]),
    ],
    tokens: [
      ['Input', formatCount(tokens.input)],
      ['Output', formatCount(tokens.output)],
      ...some('Cache read', tokens.cache_read),
      ...some('Cache write', tokens.cache_write),
      ...some('Web searches', summary.web_searches),
    ],
    cost: [
      ['In this batch', usd(cost.usd)],
      ...when(cost.new_usd !== null && cost.new_usd !== cost.usd, ['New in this run', usd(cost.new_usd)]),
      ['Without a batch', usd(cost.standard_usd)],
      ['Saved by the batch', usd(cost.saved_usd)],
      ...when(cost.cache_saved_usd !== null, ['Saved by caching', usd(cost.cache_saved_usd)]),
      ...when(estimate?.batch != null, [
        'Estimated before',
        renderUsd(estimate?.batch?.likely ?? null, (estimate?.unpriced ?? 0) > 0),
      ]),
      ...when(estimate?.batch?.upper != null, ['At most', renderUsd(estimate?.batch?.upper ?? null, false)]),
    ],
  };
}

function some(name: string, count: number | null): Figure[] {
  return count === null || count === 0 ? [] : [[name, formatCount(count)]];
}

function when(holds: boolean, figure: Figure): Figure[] {
  return holds ? [figure] : [];
}
