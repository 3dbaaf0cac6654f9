import { CACHING_NOTES, CACHING_ON, ESTIMATE, ESTIMATE_LABELS, type Range } from '../messages/estimate.ts';
import { modelNameOf } from '../results/kind.ts';
import type { Summary, SummaryEstimate } from '../summary/summary.ts';
import { escapeMarkdown } from './escape.ts';
import { joinBlocks, left, renderTable, right } from './table.ts';

/** The estimate for requests without results yet: likely range, upper bound, and the same without a batch; otherwise undefined. */
export function renderEstimate({ estimate, tokens }: Pick<Summary, 'estimate' | 'tokens'>): string | undefined {
  if (estimate === null || tokens !== null) return undefined;
  const labels = ESTIMATE_LABELS;
  const columns = [left(''), ...[labels['likely-range'], labels.about, labels['upper-bound']].map(right)];
  const rows = [rowOf(labels['in-batch'], estimate.batch), rowOf(labels['same-without-batch'], estimate.standard)];
  const reuse = estimate.reuse === null ? [] : [ESTIMATE.reuse(estimate.reuse)];
  const notes = [...notesOf(estimate), ...reuse].map((note) => `- ${escapeMarkdown(note)}`);
  const table = renderTable(columns, rows);
  return joinBlocks(table, notes.join('\n'), renderCalculator(estimate));
}

/** The cost of the same requests sent in four ways, and what "Caching on" means; undefined without prices. */
export function renderCalculator({ calculator }: SummaryEstimate): string | undefined {
  if (calculator === null) return undefined;
  const [[title = '', ...ways], ...rows] = fourWays(calculator);
  return joinBlocks(renderTable([left(title), ...ways.map(right)], rows), CACHING_NOTES[calculator.caching]);
}

/** The estimate for the log: its basis, the amounts, and the four ways. */
export function estimateLines(estimate: SummaryEstimate): string[] {
  const { batch, standard, calculator } = estimate;
  return [
    ...notesOf(estimate),
    ...(batch === null ? [] : [ESTIMATE['in-batch'](batch)]),
    ...(standard === null ? [] : [ESTIMATE['one-by-one'](standard)]),
    ...(calculator === null ? [] : calculatorLines(calculator)),
  ];
}

type Calculator = NonNullable<SummaryEstimate['calculator']>;

/** A header row, and a row for each way of sending. */
function fourWays({ caching, standard, batch }: Calculator): [string[], string[], string[]] {
  const labels = ESTIMATE_LABELS;
  return [
    [labels['likely-cost'], labels['caching-off'], CACHING_ON[caching]],
    [labels['one-by-one'], `$${standard.uncached}`, `$${standard.cached}`],
    [labels['in-batch'], `$${batch.uncached}`, `$${batch.cached}`],
  ];
}

function calculatorLines(calculator: Calculator): string[] {
  const rows = fourWays(calculator);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const padded = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  const lines = padded.map((cells) => cells.join('   ').trimEnd());
  return [...lines, CACHING_NOTES[calculator.caching]].filter((line) => line !== undefined);
}

const MAX_NAMES = 5;

/** How the figures were obtained and what they omit, one plain sentence each. */
function notesOf(estimate: SummaryEstimate): string[] {
  const { input_tokens: tokens, output_tokens, unpriced, unpriced_models: names, unbounded, judging } = estimate;
  const rest = names.length - MAX_NAMES;
  // A file may name anything as a model.
  const models = names.slice(0, MAX_NAMES).map(modelNameOf);
  if (rest > 0) models.push(ESTIMATE['more-names']({ count: rest }));
  return [
    ...(estimate.requests === 0 ? [] : [ESTIMATE.input({ tokens, ...estimate }), ESTIMATE.output(output_tokens)]),
    ...(judging === null ? [] : [ESTIMATE.judging(judging)]),
    ...(unpriced === 0 ? [] : [ESTIMATE.unpriced({ count: unpriced, models })]),
    ...(unbounded === 0 ? [] : [ESTIMATE.unbounded({ count: unbounded, by: estimate.unbounded_by })]),
  ];
}

function rowOf(title: string, range: Range<string> | null): string[] {
  const { unknown, none } = ESTIMATE_LABELS;
  if (range === null) return [title, unknown, unknown, unknown];
  return [title, ESTIMATE.range(range), `$${range.likely}`, range.upper === null ? none : `$${range.upper}`];
}
