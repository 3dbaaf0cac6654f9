import { renderUsd } from './amounts.ts';
import { codeCell } from './escape.ts';
import { renderEstimateInShort } from './estimate-part.ts';
import { formatCount } from './numbers.ts';
import type { Summary, SummaryTokens } from './summary.ts';
import { left, renderTable, right } from './table.ts';

/** Requests by outcome, tokens by kind, cost, the same without a batch, saved: one table; undefined before results are in. */
export function renderLedger(summary: Summary): string | undefined {
  const { tokens, cost } = summary;
  if (tokens === null) return undefined;
  return renderTable(
    [left('Requests'), right(formatCount(summary.requests.total ?? 0))],
    [
      ...outcomeRows(summary),
      ...tokenRows(tokens),
      ...rowOf('Web searches', summary.web_searches ?? 0),
      ['Cost', renderUsd(cost.usd, cost.lower_bound)],
      ...newCostRow(cost),
      ...estimateRow(summary),
      ['The same without a batch', renderUsd(cost.standard_usd, cost.lower_bound)],
      ['Saved', renderUsd(cost.saved_usd, cost.lower_bound)],
    ],
  );
}

/** What each round of sending came to; undefined where there was one. */
export function renderRounds({ rounds }: Summary): string | undefined {
  if (rounds.length === 0) return undefined;
  const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
    round === 0 ? 'First' : `Retry ${round}`,
    formatCount(requests),
    formatCount(succeeded),
    renderUsd(usd, lower_bound),
  ]);
  return `#### Rounds\n\n${renderTable([left('Round'), right('Sent'), right('Answered'), right('Cost')], rows)}`;
}

/** What each model used and cost, dearest first; undefined with a single one, whose figures are the totals. */
export function renderModels({ models }: Summary): string | undefined {
  if (models.length < 2) return undefined;
  const rows = models.map(({ model, succeeded, tokens, usd, standard_usd, saved_usd, lower_bound }) => [
    codeCell(model, { maxLength: 100 }),
    ...[succeeded, tokens.input, tokens.output, tokens.cache_read, tokens.cache_write].map(formatCount),
    ...[usd, standard_usd, saved_usd].map((amount) => renderUsd(amount, lower_bound)),
  ]);
  const columns = [
    left('Model'),
    ...['Answered', 'Input', 'Output', 'Cache read', 'Cache write', 'Cost', 'Without a batch', 'Saved'].map(right),
  ];
  return `#### Models\n\n${renderTable(columns, rows)}`;
}

/** The part of the cost that is new, where an earlier run has reported some of it. */
function newCostRow({ usd, new_usd, lower_bound }: Summary['cost']): string[][] {
  return new_usd === null || new_usd === usd
    ? []
    : [['Not reported by an earlier run', renderUsd(new_usd, lower_bound)]];
}

/** What it was to cost, beside what it did. */
function estimateRow({ estimate }: Summary): string[][] {
  return estimate === null ? [] : [['Estimated before', renderEstimateInShort(estimate)]];
}

function outcomeRows({ requests, error_rate_percent, max_error_rate_percent }: Summary): string[][] {
  const { errored, canceled, expired, missing } = requests;
  const allowed = `${error_rate_percent ?? 0} % (${max_error_rate_percent} % allowed)`;
  return [
    ['Answered', formatCount(requests.succeeded ?? 0)],
    ...rowOf('Errored', errored ?? 0),
    ...rowOf('Canceled', canceled ?? 0),
    ...rowOf('Expired', expired ?? 0),
    ...rowOf('Missing', missing ?? 0),
    ...(error_rate_percent === null || error_rate_percent === 0 ? [] : [['Without an answer', allowed]]),
  ];
}

function tokenRows(tokens: SummaryTokens): string[][] {
  return [
    ['Input tokens', formatCount(tokens.input)],
    ['Output tokens', formatCount(tokens.output)],
    ...rowOf('Cache read tokens', tokens.cache_read),
    ...rowOf('Cache write tokens', tokens.cache_write),
  ];
}

/** A row that has something to say. */
function rowOf(title: string, count: number): string[][] {
  return count === 0 ? [] : [[title, formatCount(count)]];
}
