import type { RunContext } from '../inputs/context.ts';
import type { Links } from '../markdown/links.ts';
import { type Severity, severityOf } from '../markdown/verdict.ts';
import { VERDICTS, type Verdict } from '../messages/sections.ts';
import type { Summary } from '../summary/summary.ts';
import { sanitize } from './ids.ts';

/** What a section says in a line, kept as data in the comment for the table and for the section's short form. */
export interface SectionSummary {
  readonly name: string;
  /** `GITHUB_ACTION` of the step that wrote it, which tells steps of one name apart: only `A-Z a-z 0-9 . _ -`. */
  readonly step: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly models: readonly string[];
  readonly answered: number | null;
  readonly total: number | null;
  /** USD with six decimals. */
  readonly usd: string | null;
  readonly savedUsd: string | null;
  readonly isLowerBound: boolean;
  /** Addresses of page and artifact. */
  readonly page: string | null;
  readonly artifact: string | null;
}

/** Models named in a row. */
const MAX_MODELS = 2;
const MAX_LENGTH = 100;
const MAX_URL_LENGTH = 500;
const SEVERITIES: readonly Severity[] = ['good', 'doubtful', 'bad', 'neutral'];

export function summarizeSection(
  summary: Summary,
  { action }: Pick<RunContext, 'action'>,
  links: Links,
): SectionSummary {
  const { run, requests, cost, models, tokens } = summary;
  return {
    name: run.name.slice(0, MAX_LENGTH),
    step: stepOf(action),
    severity: severityOf(summary),
    verdict: verdictOf(summary),
    models: models.slice(0, MAX_MODELS).map(({ model }) => model.slice(0, MAX_LENGTH)),
    answered: tokens === null ? null : requests.succeeded,
    total: requests.total,
    usd: cost.usd,
    savedUsd: cost.saved_usd,
    isLowerBound: cost.lower_bound,
    page: urlFrom(links.page?.url),
    artifact: urlFrom(links.artifact?.url),
  };
}

/** The summary of a section whose batches are at work. */
export function summarizeWaiting(
  name: string,
  { action }: Pick<RunContext, 'action'>,
  total: number | undefined,
): SectionSummary {
  return {
    name: name.slice(0, MAX_LENGTH),
    step: stepOf(action),
    severity: 'neutral',
    verdict: 'waiting',
    models: [],
    answered: null,
    total: total ?? null,
    usd: null,
    savedUsd: null,
    isLowerBound: false,
    page: null,
    artifact: null,
  };
}

function stepOf(action: string): string {
  return sanitize(action).slice(0, MAX_LENGTH);
}

function verdictOf({ status, failure }: Summary): Verdict {
  if (failure === null) return status;
  switch (status) {
    case 'completed':
      return 'failed';
    case 'pending':
      return 'failed-pending';
    case 'dry-run':
      return 'failed-dry-run';
    default:
      return status;
  }
}

/** Without what is null, empty or false. */
export function compactSummary(summary: SectionSummary): Readonly<Record<string, unknown>> {
  const isSaid = (value: unknown): boolean =>
    value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(summary).filter(([, value]) => isSaid(value)));
}

/**
 * A summary as it came out of a comment, which everybody with write access may have changed: members of another form count as
 * missing, and without name, step, severity or verdict it is undefined.
 */
export function summaryFrom(raw: unknown): SectionSummary | undefined {
  const members = new Map<string, unknown>(Object.entries(typeof raw === 'object' && raw !== null ? raw : {}));
  const [name, step, word] = ['name', 'step', 'verdict'].map((key) => textFrom(members.get(key)));
  const severity = SEVERITIES.find((one) => one === members.get('severity'));
  const models = members.get('models') ?? [];
  if (name === undefined || step === undefined || stepOf(step) !== step || word === undefined || severity === undefined)
    return undefined;
  return {
    name,
    step,
    severity,
    verdict: verdictFrom(word),
    models: Array.isArray(models) ? models.slice(0, MAX_MODELS).flatMap((model) => textFrom(model) ?? []) : [],
    answered: countFrom(members.get('answered')),
    total: countFrom(members.get('total')),
    usd: usdFrom(members.get('usd')),
    savedUsd: usdFrom(members.get('savedUsd')),
    isLowerBound: members.get('isLowerBound') === true,
    page: urlFrom(members.get('page')),
    artifact: urlFrom(members.get('artifact')),
  };
}

function verdictFrom(word: string): Verdict {
  return Object.hasOwn(VERDICTS, word) ? (word as Verdict) : 'ended';
}

function textFrom(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_LENGTH ? value : undefined;
}

function countFrom(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function usdFrom(value: unknown): string | null {
  return typeof value === 'string' && /^-?\d{1,12}\.\d{6}$/.test(value) ? value : null;
}

function urlFrom(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_URL_LENGTH && /^https?:\/\/./.test(value) ? value : null;
}
