import { modelNameOf } from '../batches/kind.ts';
import { escapeMarkdown } from './escape.ts';
import { countOf, formatCount } from './numbers.ts';
import type { Summary, SummaryEstimate, SummaryRange } from './summary.ts';
import { left, renderTable, right } from './table.ts';

/** What the requests would cost, as a sentence. */
export function renderWouldCost({ estimate, requests }: Pick<Summary, 'estimate' | 'requests'>): string {
  const them = countOf(requests.total ?? 0, 'request');
  if (estimate?.batch == null) return `What ${them} would cost is not known: no price is known for what they use.`;
  const { low, likely, high, upper } = estimate.batch;
  const most = upper === null ? '' : `, at most $${upper}`;
  const part = estimate.unpriced === 0 ? '' : ', without those that have no known price';
  return `The ${them} would cost about $${likely} in a batch (likely $${low} to $${high}${most}${part}).`;
}

/** The figure to reckon with and the bound, for a cell. */
export function renderEstimateInShort({ batch, unpriced }: SummaryEstimate): string {
  if (batch === null) return 'unknown';
  const part = unpriced === 0 ? '' : 'at least ';
  return `${part}$${batch.likely}${batch.upper === null ? '' : `, at most $${batch.upper}`}`;
}

/** The estimate of requests that have no results yet: likely range, upper bound, the same without a batch; else undefined. */
export function renderEstimate({ estimate, tokens }: Summary): string | undefined {
  if (estimate === null || tokens !== null) return undefined;
  const { batch, standard } = estimate;
  const columns = [left('Estimate'), right('Likely range'), right('About'), right('Upper bound')];
  const rows = [rowOf('In a batch', batch), rowOf('The same without a batch', standard)];
  const notes = estimateNotes(estimate).map((note) => `- ${escapeMarkdown(note)}`);
  return [`#### Estimate`, renderTable(columns, rows), notes.join('\n'), renderCalculator(estimate)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

/** The same requests four ways: one by one or in a batch, with caching or without; undefined where nothing is priced. */
export function renderCalculator({ calculator }: SummaryEstimate): string | undefined {
  if (calculator === null) return undefined;
  const columns = [left('Likely cost'), right('Caching off'), right(CACHING[calculator.caching])];
  const rows = [
    ['One by one', `$${calculator.standard.uncached}`, `$${calculator.standard.cached}`],
    ['In a batch', `$${calculator.batch.uncached}`, `$${calculator.batch.cached}`],
  ];
  return renderTable(columns, rows);
}

const CACHING = {
  marks: 'Caching on, as marked',
  prefixes: 'Caching on, if what repeats were marked',
  none: 'Caching on (nothing to cache)',
} as const;

/** The estimate for the log: how it was had, the amounts, and the four ways. */
export function estimateLines(estimate: SummaryEstimate): string[] {
  const { batch, standard, calculator } = estimate;
  return [
    ...estimateNotes(estimate),
    ...(batch === null ? [] : [`In a batch: ${describeAmounts(batch)}`]),
    ...(standard === null ? [] : [`One by one: ${describeAmounts(standard)}`]),
    ...(calculator === null ? [] : calculatorLines(calculator)),
  ];
}

function calculatorLines({ caching, standard, batch }: SummaryEstimate['calculator'] & object): string[] {
  const rows = [
    ['Likely cost', 'caching off', CACHING[caching].toLowerCase()],
    ['one by one', `$${standard.uncached}`, `$${standard.cached}`],
    ['in a batch', `$${batch.uncached}`, `$${batch.cached}`],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

function describeAmounts({ low, likely, high, upper }: SummaryRange<string>): string {
  return `likely $${low} to $${high}, about $${likely}${upper === null ? '' : `, at most $${upper}`}`;
}

/** How the figures were had and what they leave out, one plain sentence each. */
function estimateNotes(estimate: SummaryEstimate): string[] {
  const { input_tokens, output_tokens, unpriced, unpriced_models, unbounded } = estimate;
  const most = output_tokens.upper ?? output_tokens.high;
  return [
    `Input: ${rangeOf(input_tokens)} tokens, ${howCounted(estimate)}.`,
    `Output: about ${formatCount(output_tokens.likely)} tokens, at most the ${formatCount(most)} that max_tokens allows; nobody knows before how long answers will be.`,
    ...(unpriced === 0
      ? []
      : [
          `${countOf(unpriced, 'request')} without a known price (${namesOf(unpriced_models)}) ${unpriced === 1 ? 'is' : 'are'} not in the amounts.`,
        ]),
    ...(unbounded === 0
      ? []
      : [
          `${countOf(unbounded, 'request')} may use tools at the API, whose results nobody can count before: there is no upper bound.`,
        ]),
  ];
}

const MAX_NAMES = 5;

/** What a file says is a model may be anything. */
function namesOf(models: readonly string[]): string {
  const rest = models.length - MAX_NAMES;
  return [...models.slice(0, MAX_NAMES).map(modelNameOf), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function rangeOf({ low, high }: SummaryRange<number>): string {
  return low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`;
}

function howCounted({ basis, counted, requests }: SummaryEstimate): string {
  switch (basis) {
    case 'counted':
      return 'counted by the API';
    case 'sampled':
      return `by the API's count of ${formatCount(counted)} of ${countOf(requests, 'prompt')}`;
    case 'mixed':
      return `by the API's count of ${formatCount(counted)} of ${countOf(requests, 'prompt')}, and by a cautious rule for models of which none was counted`;
    case 'rule':
      return 'by a cautious rule from the length of the prompts, since none was counted';
  }
}

function rowOf(title: string, range: SummaryRange<string> | null): string[] {
  if (range === null) return [title, 'unknown', 'unknown', 'unknown'];
  return [
    title,
    `$${range.low} to $${range.high}`,
    `$${range.likely}`,
    range.upper === null ? 'none' : `$${range.upper}`,
  ];
}
