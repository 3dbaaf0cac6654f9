import { codeCell } from '../markdown/escape.ts';
import { left, renderTable, right } from '../markdown/table.ts';
import { type Severity, severityOf, verdictOf } from '../markdown/verdict.ts';
import { printUsd } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
import { formatCount } from '../text/numbers.ts';

/** What a leg's section says in figures, kept in the comment for the table that compares the legs. */
export interface LegFigures {
  readonly name: string;
  readonly tone: Severity;
  /** The verdict in a few words. */
  readonly verdict: string;
  readonly models: readonly string[];
  readonly answered: number | null;
  readonly total: number | null;
  /** USD with six decimals. */
  readonly usd: string | null;
  readonly saved_usd: string | null;
  readonly lower_bound: boolean;
}

/** Models named in a row. */
const MAX_MODELS = 2;

export function figuresOf(summary: Summary): LegFigures {
  const { run, requests, cost, models, tokens } = summary;
  return {
    name: run.name.slice(0, 100),
    tone: severityOf(summary),
    verdict: verdictOf(summary).replace(/^(?:is|was) /, ''),
    models: models.slice(0, MAX_MODELS).map(({ model }) => model.slice(0, 100)),
    answered: tokens === null ? null : requests.succeeded,
    total: requests.total,
    usd: cost.usd,
    saved_usd: cost.saved_usd,
    lower_bound: cost.lower_bound,
  };
}

/** The figures of a leg that waits for its batches. */
export function waitingFigures(name: string, total: number | undefined): LegFigures {
  return {
    name: name.slice(0, 100),
    tone: 'neutral',
    verdict: 'waiting',
    models: [],
    answered: null,
    total: total ?? null,
    usd: null,
    saved_usd: null,
    lower_bound: false,
  };
}

/** Figures as one word that no text in them can end or change. */
export function printFigures(figures: LegFigures): string {
  return Buffer.from(JSON.stringify(figures)).toString('base64url');
}

/** Reads what `printFigures` wrote. Anybody with write access may have changed it: undefined for whatever is not of this form. */
export function parseFigures(word: string): LegFigures | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(word, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  return figuresFrom(raw);
}

/** Figures as they came out of a comment; undefined for whatever is not of this form. */
export function figuresFrom(raw: unknown): LegFigures | undefined {
  const fields = new Map<string, unknown>(Object.entries(typeof raw === 'object' && raw !== null ? raw : {}));
  const name = textOf(fields.get('name'));
  const verdict = textOf(fields.get('verdict'));
  const tone = TONES.find((one) => one === fields.get('tone'));
  const models = fields.get('models');
  if (name === undefined || verdict === undefined || tone === undefined || !Array.isArray(models)) return undefined;
  return {
    // In the order of `figuresOf`, so that what is read and printed again is the same word.
    name,
    tone,
    verdict,
    models: models.slice(0, MAX_MODELS).flatMap((model) => textOf(model) ?? []),
    answered: countOf(fields.get('answered')),
    total: countOf(fields.get('total')),
    usd: usdOf(fields.get('usd')),
    saved_usd: usdOf(fields.get('saved_usd')),
    lower_bound: fields.get('lower_bound') === true,
  };
}

const TONES: readonly Severity[] = ['good', 'doubtful', 'bad', 'neutral'];
const SIGNS: Readonly<Record<Severity, string>> = { good: '✔', doubtful: '⚠', bad: '✖', neutral: '…' };

/** One row of the table. */
interface Leg {
  readonly figures: LegFigures;
  readonly isOlder: boolean;
  /** Its step, of letters that need no escaping, where the leg alone does not tell it from others. */
  readonly step?: string | undefined;
}

/** The legs side by side, a row each in the order of their sections; undefined for fewer than `least`. */
export function renderLegs(legs: readonly Leg[], least = 2): string | undefined {
  if (legs.length < least) return undefined;
  const hasModels = legs.some(({ figures }) => figures.models.length > 0);
  const columns = [
    left('Leg'),
    left('Result'),
    ...(hasModels ? [left('Model')] : []),
    right('Answered'),
    right('Cost'),
    right('Saved'),
  ];
  const rows = legs.map(({ figures, isOlder, step }) => {
    const { name, tone, verdict, models, answered, total, usd, saved_usd, lower_bound } = figures;
    const amount = (value: string | null): string => (answered === null ? '' : printUsd(value, lower_bound));
    return [
      `${codeCell(name, { maxLength: 100 })}${step === undefined ? '' : `, step ${codeCell(step)}`}`,
      `${SIGNS[tone]} ${wordsOf({ verdict, isOlder })}`,
      ...(hasModels ? [models.map((model) => codeCell(model, { maxLength: 100 })).join(', ')] : []),
      total === null ? '' : `${answered === null ? '–' : formatCount(answered)} of ${formatCount(total)}`,
      amount(usd),
      amount(saved_usd),
    ];
  });
  return renderTable(columns, rows);
}

/** The legs that have no row, by what became of them, in a sentence; undefined where there are none. */
export function renderSummed(legs: readonly Leg[]): string | undefined {
  if (legs.length === 0) return undefined;
  const words = legs.map(({ figures, isOlder }) => wordsOf({ verdict: figures.verdict, isOlder }));
  const groups = Array.from(
    Map.groupBy(words, (word) => word),
    ([word, { length }]) => `${formatCount(length)} ${word}`,
  );
  return `And ${formatCount(legs.length)} more ${legs.length === 1 ? 'leg' : 'legs'} without a row: ${groups.join(', ')}.`;
}

function wordsOf({ verdict, isOlder }: { readonly verdict: string; readonly isOlder: boolean }): string {
  return `${VERDICTS.has(verdict) ? verdict : 'ended'}${isOlder ? ' (older commit)' : ''}`;
}

/** Our own words only. */
const VERDICTS: ReadonlySet<string> = new Set([
  'completed',
  'failed',
  'pending',
  'failed while its batch is pending',
  'canceled',
  'a dry run',
  'failed a dry run',
  'rejected',
  'had nothing to do',
  'skipped',
  'waiting',
]);

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 100 ? value : undefined;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function usdOf(value: unknown): string | null {
  return typeof value === 'string' && /^-?\d{1,12}\.\d{6}$/.test(value) ? value : null;
}
