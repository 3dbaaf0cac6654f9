import { renderUsd } from '../amounts.ts';
import { renderEstimateInShort } from '../estimate-part.ts';
import { formatCount } from '../numbers.ts';
import type { Summary } from '../summary.ts';
import { escapeHtml } from './html.ts';

/** A figure of the ledger and its name, as plain words. */
export type Figure = readonly [name: string, value: string];

/** The figures of the comment's ledger in its words and order, its head the first; undefined before results are in. */
export function ledgerFigures(summary: Summary): readonly Figure[] | undefined {
  const { tokens, cost, requests, error_rate_percent, max_error_rate_percent, estimate } = summary;
  if (tokens === null) return undefined;
  const amount = (usd: string | null): string => renderUsd(usd, cost.lower_bound);
  const isPartNew = cost.new_usd !== null && cost.new_usd !== cost.usd;
  return [
    ['Requests', formatCount(requests.total ?? 0)],
    ['Answered', formatCount(requests.succeeded ?? 0)],
    ...some('Errored', requests.errored),
    ...some('Canceled', requests.canceled),
    ...some('Expired', requests.expired),
    ...some('Missing', requests.missing),
    ...when(error_rate_percent !== null && error_rate_percent !== 0, [
      'Without an answer',
      `${error_rate_percent} % (${max_error_rate_percent} % allowed)`,
    ]),
    ['Input tokens', formatCount(tokens.input)],
    ['Output tokens', formatCount(tokens.output)],
    ...some('Cache read tokens', tokens.cache_read),
    ...some('Cache write tokens', tokens.cache_write),
    ...some('Web searches', summary.web_searches),
    ['Cost', amount(cost.usd)],
    ...when(isPartNew, ['Not reported by an earlier run', amount(cost.new_usd)]),
    ...(estimate === null ? [] : [['Estimated before', renderEstimateInShort(estimate)] as const]),
    ['The same without a batch', amount(cost.standard_usd)],
    ['Saved', amount(cost.saved_usd)],
  ];
}

/** Figures as a table of names and values; undefined where there are none. */
export function figuresHtml(figures: readonly Figure[] | undefined): string | undefined {
  if (figures === undefined) return undefined;
  const rows = figures.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${escapeHtml(value)}</td></tr>`,
  );
  return `<table class="figures">${rows.join('\n')}</table>`;
}

function some(name: string, count: number | null): Figure[] {
  return count === null || count === 0 ? [] : [[name, formatCount(count)]];
}

function when(holds: boolean, figure: Figure): Figure[] {
  return holds ? [figure] : [];
}
