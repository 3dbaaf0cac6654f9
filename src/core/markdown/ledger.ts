import { LABELS, printUsd, REPORT } from '../messages/report.ts';
import { sizeOf } from '../polling/size.ts';
import type { Summary, SummaryModel } from '../summary/summary.ts';
import { billedWait } from '../summary/waiting-summary.ts';
import { formatCount } from '../text/numbers.ts';
import { codeCell } from './escape.ts';
import { requestsIn } from './lead.ts';
import { joinBlocks, left, renderTable, right } from './table.ts';

/** A figure's name and value, as plain words. */
export type Figure = readonly [name: string, value: string];

/** A run's figures in three groups, for the comment and the page. Rows without information are left out. */
export interface LedgerRows {
  readonly requests: readonly Figure[];
  readonly tokens: readonly Figure[];
  readonly cost: readonly Figure[];
}

/** Undefined before results are in. */
export function ledgerRows(summary: Summary): LedgerRows | undefined {
  const { requests, tokens, cost, estimate, reuse } = summary;
  const { error_rate_percent: percent, max_error_rate_percent: maxPercent } = summary;
  if (tokens === null) return undefined;
  const usd = (amount: string | null): string => printUsd(amount, cost.lower_bound);
  const { likely = null, upper = null } = estimate?.batch ?? {};
  return {
    requests: [
      [LABELS.sent, formatCount(sentOf(summary))],
      ...some(LABELS.reused, reuse?.reused ?? null),
      [LABELS.answered, formatCount(requests.succeeded ?? 0)],
      ...some(LABELS.errored, requests.errored),
      ...some(LABELS.canceled, requests.canceled),
      ...some(LABELS.expired, requests.expired),
      ...some(LABELS.missing, requests.missing),
      ...(percent === null || percent === 0
        ? []
        : [[LABELS['no-answer'], REPORT['error-rate']({ percent, maxPercent })] as const]),
    ],
    tokens: [
      [LABELS.input, formatCount(tokens.input)],
      [LABELS.output, formatCount(tokens.output)],
      ...some(LABELS['cache-read'], tokens.cache_read),
      ...some(LABELS['cache-write'], tokens.cache_write),
      ...some(LABELS['web-searches'], summary.web_searches),
    ],
    cost: [
      [LABELS[costLabelOf(summary)], usd(cost.usd)],
      ...(cost.new_usd === cost.usd ? [] : known(LABELS['new-cost'], cost.new_usd, cost.lower_bound)),
      ...((reuse?.reused ?? 0) > 0 ? known(LABELS['saved-by-reuse'], reuse?.saved_usd ?? null, false) : []),
      [LABELS['standard-cost'], usd(cost.standard_usd)],
      [LABELS['saved-by-batch'], usd(cost.saved_usd)],
      ...known(LABELS['saved-by-caching'], cost.cache_saved_usd, cost.lower_bound),
      ...waitingRow(summary),
      ...known(LABELS['estimated-before'], likely, (estimate?.unpriced ?? 0) > 0),
      ...known(LABELS['highest-estimate'], upper, false),
    ],
  };
}

/** Batches given by ID may hold fewer requests than the files. */
function sentOf({ requests, reuse, batches, batch_source: source }: Summary): number {
  const sent = reuse?.sent ?? requests.total ?? 0;
  const sizes = batches.map(({ counts }) => (counts === null ? sent : sizeOf({ counts })));
  return source === 'given' ? requestsIn(sizes, sent) : sent;
}

function waitingRow(summary: Summary): Figure[] {
  const waiting = billedWait(summary);
  return waiting === undefined ? [] : [[LABELS.waiting, REPORT['runner-time'](waiting)]];
}

/** Says what the sum covers. */
function costLabelOf({ grading, reuse }: Summary): 'judged-cost' | 'all-cost' | 'batch-cost' {
  if (grading?.judge != null) return 'judged-cost';
  return (reuse?.reused ?? 0) > 0 ? 'all-cost' : 'batch-cost';
}

function some(name: string, count: number | null): Figure[] {
  return count === null || count === 0 ? [] : [[name, formatCount(count)]];
}

function known(name: string, amount: string | null, isLowerBound: boolean): Figure[] {
  return amount === null ? [] : [[name, printUsd(amount, isLowerBound)]];
}

/** Requests by outcome, tokens by kind and cost, side by side; undefined before results are in. */
export function renderLedger(summary: Summary): string | undefined {
  const groups = ledgerRows(summary);
  if (groups === undefined) return undefined;
  const { requests, tokens, cost } = groups;
  const columns = [LABELS.requests, LABELS.tokens, LABELS.cost].flatMap((title) => [left(title), right('')]);
  const rows = Array.from({ length: Math.max(requests.length, tokens.length, cost.length) }, (_, row) =>
    [requests, tokens, cost].flatMap((group) => cellsOf(group[row], row === 0)),
  );
  return renderTable(columns, rows);
}

/** The first number of each group is the main one. */
function cellsOf(figure: Figure | undefined, isFirst: boolean): string[] {
  if (figure === undefined) return ['', ''];
  const [name, value] = figure;
  return isFirst ? [`**${name}**`, `**${value}**`] : [name, value];
}

/** Outcome of each sending round; undefined if there was one. */
export function renderRounds({ rounds }: Pick<Summary, 'rounds'>): string | undefined {
  if (rounds.length === 0) return undefined;
  const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
    REPORT.round({ round }),
    formatCount(requests),
    formatCount(succeeded),
    printUsd(usd, lower_bound),
  ]);
  const columns = [left(LABELS.round), right(LABELS.sent), right(LABELS.answered), right(LABELS.cost)];
  return renderTable(columns, rows);
}

/** Most rows of the table; a file may name as many models as it has lines. */
const MAX_MODELS = 50;

/** Usage and cost of each model, most expensive first; undefined for a single one, whose numbers are the totals. */
export function renderModels({ models }: Summary): string | undefined {
  if (models.length < 2) return undefined;
  const columns = modelColumns(models);
  const rows = models
    .slice(0, MAX_MODELS)
    .map((model) => [codeCell(model.model, { maxLength: 100 }), ...columns.map(([, show]) => show(model))]);
  const table = renderTable([left(LABELS.model), ...columns.map(([title]) => right(title))], rows);
  const rest = models.length - rows.length;
  const leftOut = rest > 0 ? REPORT['more-models']({ count: rest }) : undefined;
  return joinBlocks(table, leftOut);
}

type ModelColumn = readonly [title: string, show: (model: SummaryModel) => string];

/** The columns of the table of models. Includes cache columns if any model used the cache. */
export function modelColumns(models: readonly SummaryModel[]): readonly ModelColumn[] {
  const hasCache = models.some(({ tokens }) => tokens.cache_read + tokens.cache_write > 0);
  const cache: ModelColumn[] = [
    [LABELS['cache-read'], ({ tokens }) => formatCount(tokens.cache_read)],
    [LABELS['cache-write'], ({ tokens }) => formatCount(tokens.cache_write)],
  ];
  return [
    [LABELS.answered, ({ succeeded }) => formatCount(succeeded)],
    [LABELS.input, ({ tokens }) => formatCount(tokens.input)],
    [LABELS.output, ({ tokens }) => formatCount(tokens.output)],
    ...(hasCache ? cache : []),
    [LABELS.cost, ({ usd, lower_bound }) => printUsd(usd, lower_bound)],
    [LABELS['standard-cost'], ({ standard_usd, lower_bound }) => printUsd(standard_usd, lower_bound)],
  ];
}
