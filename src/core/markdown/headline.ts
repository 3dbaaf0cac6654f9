import { HEADLINES } from '../messages/headlines.ts';
import type { BatchState } from '../messages/report.ts';
import { causeOf } from '../messages/titles.ts';
import type { Summary, SummaryBatch, SummaryGrading } from '../summary/summary.ts';
import { headlineOfGrades, isDoubtfulGrade, isOutage } from './grades-headline.ts';

/** `good` green, `doubtful` yellow, `bad` red, `neutral` still in progress. */
export type Severity = 'good' | 'doubtful' | 'bad' | 'neutral';

/** Most urgent first; also the order of rows. */
export const SEVERITIES: readonly Severity[] = ['bad', 'doubtful', 'neutral', 'good'];

export function rankOfSeverity(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** A quick visual sign; words always accompany it. */
export const ICONS: Readonly<Record<Severity, string>> = { good: '✅', doubtful: '⚠️', bad: '❌', neutral: '⏳' };

/** What a reviewer must know first: all is well, something needs a look, the step failed, or results are pending. */
export function severityOf(summary: Summary): Severity {
  const { status, failure, cost, failures, grading } = summary;
  if (failure !== null) return 'bad';
  if (status === 'pending') return 'neutral';
  if (status === 'dry-run') return isUnchecked(summary) ? 'doubtful' : 'good';
  if (status !== 'completed') return 'doubtful';
  // An incomplete answer is graded like any other.
  const isPart = grading === null ? countIncomplete(summary) > 0 : isDoubtfulGrade(grading);
  const isUnjudged = (grading?.judge?.failed ?? 0) > 0;
  const isDoubtful = isPart || isUnjudged || isPaidTwice(summary) || cost.unpriced > 0 || failures.length > 0;
  return isDoubtful ? 'doubtful' : 'good';
}

/** A run's ending in a few words, as the end of a heading; plain text without untrusted facts. */
export function headlineOf(summary: Summary): string {
  const { status, requests, batches, timings, estimate, problems } = summary;
  const cause = causeOf(summary.failure_codes);
  switch (status) {
    case 'completed':
    case 'canceled':
      return headlineOfResults(summary);
    case 'pending':
      if (isHandedOver(summary)) return HEADLINES['handed-over']({ batches: batches.length });
      return summary.judge_batches.length === 0
        ? HEADLINES.pending({ state: stateOf(batches), waitedMs: timings.waited_ms })
        : HEADLINES['pending-judge']({ state: stateOf(summary.judge_batches), waitedMs: timings.waited_ms });
    case 'dry-run': {
      if (summary.failure !== null) return HEADLINES['dry-run-failed']();
      const total = requests.total ?? 0;
      if (estimate === null) return HEADLINES['dry-run-reused']({ requests: total });
      const { batch, unpriced, requests: sent, judging } = estimate;
      if (sent === 0)
        return HEADLINES['dry-run-judgements']({ judgements: judging?.judgements ?? 0, usd: batch?.likely ?? null });
      const cost = { usd: batch?.likely ?? null, isLowerBound: unpriced > 0 };
      return HEADLINES['dry-run']({ requests: sent, total, ...cost, isUnchecked: isUnchecked(summary) });
    }
    case 'rejected':
      return HEADLINES.rejected({ problems: problems.reduce((sum, { count }) => sum + count, 0), cause });
    case 'skipped':
      return HEADLINES[summary.skipped_because === 'dependabot' ? 'skipped-dependabot' : 'skipped-fork']();
    case 'failed':
      return HEADLINES.failed({ cause });
    case 'empty':
      return HEADLINES.empty();
  }
}

/** Whether the run only submitted, and a later job does all the rest. */
export function isHandedOver({ status, finisher, timings, failure }: Summary): boolean {
  return status === 'pending' && failure === null && finisher?.kind === 'job' && timings.waited_ms === null;
}

function headlineOfResults(summary: Summary): string {
  const { status, requests, cost, failure_codes: codes } = summary;
  const counts = { answered: requests.succeeded ?? 0, total: requests.total ?? 0 };
  if (status === 'canceled') return HEADLINES.canceled(counts);
  if (summary.grading !== null && codes.every(isOfGrades)) return headlineOfGraded(summary, summary.grading);
  if (counts.answered < counts.total) return HEADLINES['no-answer'](counts);
  if (codes.length > 0) return HEADLINES['step-failed']({ ...counts, cause: causeOf(codes) });
  if (isPaidTwice(summary)) return HEADLINES['paid-twice'](counts);
  const incomplete = countIncomplete(summary);
  if (incomplete > 0) return HEADLINES['answered-in-part']({ ...counts, incomplete });
  if (cost.unpriced > 0) return HEADLINES['cost-unknown']({ ...counts, isAll: cost.usd === null });
  return HEADLINES.answered(counts);
}

/** The outcome of the grades, and what else needs a look. */
function headlineOfGraded(summary: Summary, grading: SummaryGrading): string {
  const { requests, cost } = summary;
  const unanswered = (requests.total ?? 0) - (requests.succeeded ?? 0);
  return [
    headlineOfGrades(grading),
    ...(unanswered === 0 ? [] : [HEADLINES['also-no-answer']({ count: unanswered, repeats: grading.repeats })]),
    ...requiredOf(grading),
    ...unjudgedOf(summary, grading),
    ...(isPaidTwice(summary) ? [HEADLINES['also-paid-twice']()] : []),
    ...(cost.unpriced === 0 ? [] : [HEADLINES['also-cost-unknown']({ isAll: cost.usd === null })]),
  ].join(', ');
}

function requiredOf(grading: SummaryGrading): readonly string[] {
  const count = grading.required_ungraded.length;
  const isSaid = grading.because.code === 'nothing-graded';
  return count === 0 || isSaid ? [] : [HEADLINES['also-required-ungraded']({ count })];
}

/** Judgements that are missing or were not sent, unless the heading already says it. */
function unjudgedOf({ failure_codes: codes }: Summary, grading: SummaryGrading): readonly string[] {
  const { judge } = grading;
  if (isOutage(grading)) return [];
  return [
    ...(judge === null || judge.failed === 0 ? [] : [HEADLINES['also-not-judged'](judge)]),
    ...(codes.includes('judging-refused') ? [HEADLINES['also-unjudged']()] : []),
  ];
}

/** Whether a failure concerns the grades, which the heading gives in numbers. */
export function isOfGrades(code: string): boolean {
  return isVerdict(code) || code === 'judgements-missing' || code === 'judging-refused';
}

/** Whether a failure is the verdict itself, which the lead gives in numbers. */
export function isVerdict(code: string): boolean {
  return code.startsWith('verdict-');
}

/** Counts incomplete answers. */
function countIncomplete({ incomplete }: Pick<Summary, 'incomplete'>): number {
  return Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Counts cases that need a look: unanswered or incomplete. */
export function countFailing({ incomplete, failures }: Pick<Summary, 'incomplete' | 'failures'>): number {
  return countIncomplete({ incomplete }) + failures.reduce((sum, { count }) => sum + count, 0);
}

/** Whether the API was asked but neither looked up a model nor counted a prompt, as with a key that permits nothing. */
function isUnchecked({ warnings, estimate }: Summary): boolean {
  return estimate?.counted === 0 && warnings.some(({ code }) => code === 'model-not-checked');
}

function isPaidTwice({ notices }: Summary): boolean {
  return notices.some(({ kind }) => kind === 'duplicate-submission');
}

/** How the run ended, failures included. */
export function endingOf({ status, failure }: Pick<Summary, 'status' | 'failure'>) {
  if (failure === null) return status;
  if (status === 'completed') return 'failed';
  return status === 'pending' || status === 'dry-run' ? (`failed-${status}` as const) : status;
}

export function stateOf(batches: readonly Pick<SummaryBatch, 'status'>[]): BatchState {
  const running = batches.filter(({ status }) => status !== 'ended');
  if (running.length === 0) return 'ended';
  return running.every(({ status }) => status === 'canceling') ? 'canceling' : 'running';
}
