import type { GitHubContext } from '../inputs/context.ts';
import type { Links } from '../markdown/links.ts';
import { endingOf, type Severity, severityOf } from '../markdown/verdict.ts';
import { VERDICTS, type Verdict } from '../messages/sections.ts';
import type { Summary } from '../summary/summary.ts';
import { memberOf } from '../text/json.ts';
import { sha256 } from '../text/sha256.ts';

/** The part of the comment that one step writes: one `name` of one job. */
export interface Section {
  /** `sectionIdOf` its name, with `.2`, `.3`, … for further steps of that name. */
  readonly id: string;
  /** Commit and run it reports on; undefined where that is lost. */
  readonly origin: Origin | undefined;
  /** Its row of the table; undefined where it is lost, or had no room. */
  readonly summary: SectionSummary | undefined;
  /** Its report as Markdown, without fences and our own lines; empty where it did not fit. */
  readonly text: string;
}

/** Run ids grow over time, which tells the newer of two commits. */
export interface Origin {
  readonly sha: string;
  readonly runId: number;
}

/** What a section says in a line, kept as data in the comment for the table and for the section's short form. */
export interface SectionSummary {
  readonly name: string;
  /** `GITHUB_ACTION` of the step that wrote it and a hash of its request files, which distinguishes steps of one name: only `A-Z a-z 0-9 . _ -`. */
  readonly step: string;
  /** The process that wrote it: attempt and a hash of its nonce. Null where a release before this wrote it. */
  readonly process: string | null;
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

export function isOlder(origin: Origin | undefined, newest: Origin | undefined): boolean {
  return origin !== undefined && origin.sha !== newest?.sha;
}

export function newestOrigin(sections: readonly Section[]): Origin | undefined {
  return sections.toSorted((a, b) => runIdOf(b) - runIdOf(a))[0]?.origin;
}

export function runIdOf({ origin }: Pick<Section, 'origin'>): number {
  return origin?.runId ?? 0;
}

/** First line of the comment of a key. */
export function markerOf(key: string): string {
  return `<!-- claude-batch-action:${sanitize(key)} -->`;
}

/** 256 ids have to find room in the comment. */
const MAX_ID_LENGTH = 64;
const HASH_LENGTH = 16;

/** Id of a name's first section. Of more than 64 characters the rest is a hash. */
export function sectionIdOf(name: string): string {
  const id = sanitize(name);
  if (id.length <= MAX_ID_LENGTH) return id;
  const hash = sha256(name).slice(0, HASH_LENGTH);
  return `${id.slice(0, MAX_ID_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}

/** Text in which only the characters `A-Z a-z 0-9 . _ -` are left. */
function sanitize(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, '-');
}

/** Models named in a row. */
const MAX_MODELS = 2;
const MAX_LENGTH = 100;
const MAX_URL_LENGTH = 500;
const SEVERITIES: readonly Severity[] = ['good', 'doubtful', 'bad', 'neutral'];

/**
 * What distinguishes steps of one name: two callers of a reusable workflow differ in their request files alone, and where
 * not even in those, as processes of one attempt.
 */
type Step = Pick<GitHubContext, 'action' | 'runAttempt'> & {
  readonly requests?: readonly string[];
  readonly nonce?: string;
};

export function summarizeSection(summary: Summary, step: Step, links: Links): SectionSummary {
  const { run, requests, cost, models, tokens } = summary;
  return {
    name: run.name.slice(0, MAX_LENGTH),
    step: stepOf(step),
    process: processOf(step),
    severity: severityOf(summary),
    verdict: endingOf(summary),
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

/** The summary of a section whose batches are in progress. */
export function summarizeWaiting(name: string, step: Step, total: number | undefined): SectionSummary {
  const known = { severity: 'neutral', verdict: 'waiting', total: total ?? null } as const;
  const results = { models: [], answered: null, usd: null, savedUsd: null, isLowerBound: false } as const;
  const writer = { name: name.slice(0, MAX_LENGTH), step: stepOf(step), process: processOf(step) };
  return { ...writer, ...known, ...results, page: null, artifact: null };
}

const PROCESS = /^(\d{1,9})-[0-9a-f]{8}$/;

function processOf({ runAttempt, nonce }: Step): string | null {
  return nonce === undefined ? null : `${runAttempt}-${sha256(nonce).slice(0, 8)}`;
}

/** Whether two processes of one run belong to the same attempt, in which each step has one process. */
export function isOfOneAttempt(one: string | null, other: string | null): boolean {
  const [a, b] = [one, other].map((process) => PROCESS.exec(process ?? '')?.[1]);
  return a !== undefined && a === b;
}

function stepOf({ action, requests = [] }: Pick<Step, 'action' | 'requests'>): string {
  if (requests.length === 0) return sanitize(action).slice(0, MAX_LENGTH);
  const hash = sha256(JSON.stringify(requests)).slice(0, HASH_LENGTH);
  return `${sanitize(action).slice(0, MAX_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}

/**
 * A summary as it came out of a comment, which everybody with write access may have changed: members of another form count as
 * missing, and without name, step, severity or verdict it is undefined.
 */
export function summaryFrom(raw: unknown): SectionSummary | undefined {
  const [name, step, word] = ['name', 'step', 'verdict'].map((key) => textFrom(memberOf(raw, key)));
  const severity = SEVERITIES.find((one) => one === memberOf(raw, 'severity'));
  if (
    name === undefined ||
    step === undefined ||
    stepOf({ action: step }) !== step ||
    word === undefined ||
    severity === undefined
  )
    return undefined;
  const models = memberOf(raw, 'models');
  return {
    name,
    step,
    process: processFrom(memberOf(raw, 'process')),
    severity,
    verdict: Object.hasOwn(VERDICTS, word) ? (word as Verdict) : 'ended',
    models: Array.isArray(models) ? models.slice(0, MAX_MODELS).flatMap((model) => textFrom(model) ?? []) : [],
    answered: countFrom(memberOf(raw, 'answered')),
    total: countFrom(memberOf(raw, 'total')),
    usd: usdFrom(memberOf(raw, 'usd')),
    savedUsd: usdFrom(memberOf(raw, 'savedUsd')),
    isLowerBound: memberOf(raw, 'isLowerBound') === true,
    page: urlFrom(memberOf(raw, 'page')),
    artifact: urlFrom(memberOf(raw, 'artifact')),
  };
}

function textFrom(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_LENGTH ? value : undefined;
}

function processFrom(value: unknown): string | null {
  return typeof value === 'string' && PROCESS.test(value) ? value : null;
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
