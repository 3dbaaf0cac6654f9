import { countFailing, headlineOf, SEVERITIES, type Severity, severityOf } from '../markdown/headline.ts';
import type { Links } from '../markdown/links.ts';
import { spentUsd } from '../markdown/reuse-part.ts';
import { HEADLINES } from '../messages/headlines.ts';
import { VERDICTS, type Verdict } from '../messages/sections.ts';
import type { Summary, SummaryEstimate } from '../summary/summary.ts';
import { memberOf } from '../text/json.ts';
import { sha256 } from '../text/sha256.ts';
import { gradesFrom, gradesOf, type SectionGrades, verdictOf } from './section-grades.ts';
import { HASH_LENGTH, MAX_LENGTH, placeOf, processFrom, type Step, sanitize, stepOf } from './step.ts';

/** The part of the comment that one step writes: one `name` of one job. */
export interface Section {
  /** `sectionIdOf` of its name, with `.2`, `.3`, … for further steps of that name. */
  readonly id: string;
  /** Commit and run it reports on; undefined if that is lost. */
  readonly origin: Origin | undefined;
  /** Its table row; undefined if lost, or if it had no room. */
  readonly summary: SectionSummary | undefined;
  /** Its report as Markdown below its heading, without fences and our own lines; empty if it did not fit. */
  readonly text: string;
}

/** Run ids grow over time, so they tell which of two commits is newer. */
export interface Origin {
  readonly sha: string;
  readonly runId: number;
}

/** A section's one-line summary, kept as data in the comment for the table and for the section's short form. */
export interface SectionSummary {
  readonly name: string;
  /** `GITHUB_ACTION` of the step that wrote it plus a hash of its request files, to tell steps of one name apart; only `A-Z a-z 0-9 . _ -`. */
  readonly step: string;
  /** The process that wrote it: attempt and a hash of its nonce. Null if written by an older release. */
  readonly process: string | null;
  readonly severity: Severity;
  readonly verdict: Verdict;
  /** How the run ended, as plain text for a heading. */
  readonly headline: string;
  readonly answered: number | null;
  readonly total: number | null;
  /** Cases that need a look. */
  readonly failing: number | null;
  /** USD with six decimals: what the answers cost, without reused ones; before they are in, the likely cost. */
  readonly usd: string | null;
  readonly isLowerBound: boolean;
  /** Addresses of page and artifact. */
  readonly page: string | null;
  readonly artifact: string | null;
  /** The outcome of its grades; null without cases, and until they are in. */
  readonly grades: SectionGrades | null;
  /** A later job of the same run that also writes this section; null for none. */
  readonly collector: string | null;
  /** How many runs of this section limited the drop for one change, and the last that did; null for none. For a section to write: 1 or null. */
  readonly runs: number | null;
  readonly lastRun: number | null;
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

/** The comment must have room for 256 ids. */
const MAX_ID_LENGTH = 64;

/** Id of a name's first section. Beyond 64 characters, a hash replaces the rest. */
export function sectionIdOf(name: string): string {
  const id = sanitize(name);
  if (id.length <= MAX_ID_LENGTH) return id;
  const hash = sha256(name).slice(0, HASH_LENGTH);
  return `${id.slice(0, MAX_ID_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}

const MAX_HEADLINE_LENGTH = 200;
const MAX_URL_LENGTH = 500;

/** Events whose runs do not measure the same change repeatedly. */
const NO_CHANGE: ReadonlySet<string> = new Set(['schedule', 'workflow_dispatch', 'repository_dispatch']);

export function summarizeSection(summary: Summary, step: Step, links: Links): SectionSummary {
  const { run, requests, cost, tokens, estimate } = summary;
  const isLikely = tokens === null;
  const grades = summary.grading && gradesOf(summary.grading);
  return {
    name: run.name.slice(0, MAX_LENGTH),
    ...placeOf(step),
    severity: severityOf(summary),
    verdict: verdictOf(summary),
    headline: headlineOf(summary),
    answered: isLikely ? null : requests.succeeded,
    total: requests.total,
    failing: isLikely ? null : (summary.grading?.failed ?? countFailing(summary)),
    usd: isLikely ? (estimate?.batch?.likely ?? null) : spentUsd(summary),
    isLowerBound: isLikely ? (estimate?.unpriced ?? 0) > 0 : cost.lower_bound,
    page: urlFrom(links.page?.url),
    artifact: urlFrom(links.artifact?.url),
    grades,
    runs: grades?.risk == null || NO_CHANGE.has(run.event) ? null : 1,
    lastRun: null,
  };
}

/** Summarizes a section whose batches are in progress. */
export function summarizeWaiting(
  name: string,
  step: Step,
  {
    requests,
    sent = requests,
    judgements,
    estimate,
  }: {
    readonly requests: number | undefined;
    /** How many requests the batches hold, if others take earlier answers. */
    readonly sent?: number | undefined;
    /** Number of judgements, once the answers are in. */
    readonly judgements?: number | undefined;
    readonly estimate: SummaryEstimate | null;
  },
): SectionSummary {
  return {
    name: name.slice(0, MAX_LENGTH),
    ...placeOf(step),
    severity: 'neutral',
    verdict: 'waiting',
    headline: HEADLINES.waiting({ requests: sent, judgements }),
    total: requests ?? null,
    usd: estimate?.batch?.likely ?? null,
    isLowerBound: (estimate?.unpriced ?? 0) > 0,
    ...{ answered: null, failing: null, page: null, artifact: null, grades: null, runs: null, lastRun: null },
  };
}

/**
 * Parses a summary from a comment, which anyone with write access may have edited: malformed members count as missing. Undefined without
 * name, step, severity or verdict.
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
  const headline = memberOf(raw, 'headline');
  return {
    name,
    step,
    process: processFrom(memberOf(raw, 'process')),
    severity,
    verdict: Object.hasOwn(VERDICTS, word) ? (word as Verdict) : 'ended',
    headline: typeof headline === 'string' ? headline.slice(0, MAX_HEADLINE_LENGTH) : '',
    answered: countFrom(memberOf(raw, 'answered')),
    total: countFrom(memberOf(raw, 'total')),
    failing: countFrom(memberOf(raw, 'failing')),
    usd: usdFrom(memberOf(raw, 'usd')),
    isLowerBound: memberOf(raw, 'isLowerBound') === true,
    page: urlFrom(memberOf(raw, 'page')),
    artifact: urlFrom(memberOf(raw, 'artifact')),
    grades: gradesFrom(memberOf(raw, 'grades')),
    collector: textFrom(memberOf(raw, 'collector')) ?? null,
    runs: countFrom(memberOf(raw, 'runs')),
    lastRun: countFrom(memberOf(raw, 'lastRun')),
  };
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
