import type { Summary, SummaryModel } from '../summary/summary.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { renderUsd } from './amounts.ts';
import { codeCell } from './escape.ts';
import { type Figure, ledgerRows } from './ledger-rows.ts';
import { left, renderTable, right } from './table.ts';

/** Requests by outcome, tokens by kind and cost, side by side; undefined before results are in. */
export function renderLedger(summary: Summary): string | undefined {
  const groups = ledgerRows(summary);
  if (groups === undefined) return undefined;
  const { requests, tokens, cost } = groups;
  const columns = ['Requests', 'Tokens', 'Cost'].flatMap((title) => [left(title), right('')]);
  const rows = Array.from({ length: Math.max(requests.length, tokens.length, cost.length) }, (_, row) =>
    [requests, tokens, cost].flatMap((group) => cellsOf(group[row], row === 0)),
  );
  return renderTable(columns, rows);
}

/** The first figure of each group is the one to look at. */
function cellsOf(figure: Figure | undefined, isFirst: boolean): string[] {
  if (figure === undefined) return ['', ''];
  const [name, value] = figure;
  return isFirst ? [`**${name}**`, `**${value}**`] : [name, value];
}

/** What each round of sending came to; undefined where there was one. */
export function renderRounds({ rounds }: Pick<Summary, 'rounds'>): string | undefined {
  if (rounds.length === 0) return undefined;
  const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
    round === 0 ? 'First' : `Retry ${round}`,
    formatCount(requests),
    formatCount(succeeded),
    renderUsd(usd, lower_bound),
  ]);
  return renderTable([left('Round'), right('Sent'), right('Answered'), right('Cost')], rows);
}

/** Rows of the table; a file may name as many models as it has lines. */
const MAX_MODELS = 50;

/** What each model used and cost, dearest first; undefined with a single one, whose figures are the totals. */
export function renderModels({ models }: Summary): string | undefined {
  if (models.length < 2) return undefined;
  const columns = modelColumns(models);
  const rows = models
    .slice(0, MAX_MODELS)
    .map((model) => [codeCell(model.model, { maxLength: 100 }), ...columns.map(([, show]) => show(model))]);
  const table = renderTable([left('Model'), ...columns.map(([title]) => right(title))], rows);
  const rest = models.length - rows.length;
  return `#### Models\n\n${table}${rest > 0 ? `\n\nAnd ${countOf(rest, 'more model')}: see \`summary.json\`.` : ''}`;
}

type ModelColumn = readonly [title: string, show: (model: SummaryModel) => string];

/** The columns of the table of models. Cache columns stand there where any model used the cache. */
export function modelColumns(models: readonly SummaryModel[]): readonly ModelColumn[] {
  const hasCache = models.some(({ tokens }) => tokens.cache_read + tokens.cache_write > 0);
  const cache: ModelColumn[] = [
    ['Cache read', ({ tokens }) => formatCount(tokens.cache_read)],
    ['Cache write', ({ tokens }) => formatCount(tokens.cache_write)],
  ];
  return [
    ['Answered', ({ succeeded }) => formatCount(succeeded)],
    ['Input', ({ tokens }) => formatCount(tokens.input)],
    ['Output', ({ tokens }) => formatCount(tokens.output)],
    ...(hasCache ? cache : []),
    ['Cost', ({ usd, lower_bound }) => renderUsd(usd, lower_bound)],
    ['Without a batch', ({ standard_usd, lower_bound }) => renderUsd(standard_usd, lower_bound)],
  ];
}
