import { modelNameOf } from '../results/kind.ts';
import type { Summary, SummaryEstimate, SummaryRange } from '../summary/summary.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { escapeMarkdown } from './escape.ts';
import { left, renderTable, right } from './table.ts';

/** What the requests would cost, as a sentence. */
export function renderWouldCost({ estimate, requests }: Pick<Summary, 'estimate' | 'requests'>): string {
  const them = countOf(requests.total ?? 0, 'request');
  if (estimate?.batch == null) return `What ${them} would cost is not known: no price is known for what they use.`;
  const { low, likely, high, upper } = estimate.batch;
  if (estimate.unpriced > 0) {
    const rest = `${formatCount(estimate.unpriced)} of them without a known price`;
    return `The ${them} would cost at least about $${likely} in a batch (likely $${low} to $${high}, not counting ${rest}).`;
  }
  const most = upper === null ? '' : `, at most $${upper}`;
  return `The ${them} would cost about $${likely} in a batch (likely $${low} to $${high}${most}).`;
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
  const columns = [left(''), right('Likely range'), right('About'), right('Upper bound')];
  const rows = [rowOf('In a batch', batch), rowOf('The same without a batch', standard)];
  const notes = estimateNotes(estimate).map((note) => `- ${escapeMarkdown(note)}`);
  return [`#### Estimate`, renderTable(columns, rows), notes.join('\n'), renderCalculator(estimate)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

/** The same requests four ways, and what "Caching on" stands for; undefined where nothing is priced. */
export function renderCalculator({ calculator }: SummaryEstimate): string | undefined {
  if (calculator === null) return undefined;
  const columns = [left('Likely cost'), right('Caching off'), right(CACHING[calculator.caching])];
  const rows = [
    ['One by one', `$${calculator.standard.uncached}`, `$${calculator.standard.cached}`],
    ['In a batch', `$${calculator.batch.uncached}`, `$${calculator.batch.cached}`],
  ];
  const note = CACHING_NOTES[calculator.caching];
  return [renderTable(columns, rows), ...(note === undefined ? [] : [note])].join('\n\n');
}

const CACHING = {
  marks: 'Caching on, as marked',
  prefixes: 'Caching on, if what repeats were marked',
  none: 'Caching on (nothing to cache)',
} as const;

/** The likely amount of the estimate stands in none of the cells where marks do: why. */
const CACHING_NOTES = {
  marks:
    '"Caching on" takes every later request as a hit. The likely amount is halfway from there to no hit at all, where each request pays for its cache writes, which cost more than "Caching off".',
  prefixes:
    '"Caching on" takes every later request as a hit. No such mark stands there yet, so the likely amount is that of "Caching off".',
  none: undefined,
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
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return cells.join('   ').trimEnd();
  });
  const note = CACHING_NOTES[caching];
  return note === undefined ? lines : [...lines, note];
}

function describeAmounts({ low, likely, high, upper }: SummaryRange<string>): string {
  return `likely $${low} to $${high}, about $${likely}${upper === null ? '' : `, at most $${upper}`}`;
}

/** How the figures were had and what they leave out, one plain sentence each. */
function estimateNotes(estimate: SummaryEstimate): string[] {
  const { input_tokens, unpriced, unpriced_models, unbounded } = estimate;
  return [
    `Input: ${rangeOf(input_tokens)}, ${howCounted(estimate)}.`,
    `Output: ${describeOutput(estimate.output_tokens)}.`,
    ...(unpriced === 0
      ? []
      : [
          `${countOf(unpriced, 'request')} without a known price (${namesOf(unpriced_models)}) ${unpriced === 1 ? 'is' : 'are'} not in the amounts, which are a part of the cost: at least that much, and there is no upper bound.`,
        ]),
    ...(unbounded === 0
      ? []
      : [
          `${countOf(unbounded, 'request')} may use ${growthOf(estimate)}, and what that adds nobody can count before: there is no upper bound.`,
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
  return low === high ? countOf(low, 'token') : `${formatCount(low)} to ${countOf(high, 'token')}`;
}

/** Without an upper end `high` is no limit: answers that use tools have more than one part. */
function describeOutput({ likely, high, upper }: SummaryRange<number>): string {
  if (high === 0) return 'none, since no request has a max_tokens of 1 or more';
  const about = `about ${countOf(likely, 'token')}`;
  const most =
    upper === null ? `likely up to ${formatCount(high)}` : `at most the ${formatCount(upper)} that max_tokens allows`;
  return `${about}, ${most}; nobody knows before how long answers will be`;
}

function growthOf({ unbounded_by: causes }: SummaryEstimate): string {
  return causes.map((cause) => GROWTH[cause]).join(' or ');
}

const GROWTH = { 'server-tools': 'tools at the API', compaction: 'compaction' } as const;

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
