import { HEADLINES } from '../messages/headlines.ts';
import type { BatchState } from '../messages/report.ts';
import { causeOf } from '../messages/titles.ts';
import type { Summary, SummaryBatch } from '../summary/summary.ts';

/** `good` green, `doubtful` yellow, `bad` red, `neutral` still under way. */
export type Severity = 'good' | 'doubtful' | 'bad' | 'neutral';

/** From what needs a look most; also the order of rows. */
export const SEVERITIES: readonly Severity[] = ['bad', 'doubtful', 'neutral', 'good'];

export function rankOfSeverity(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** A sign for people in a hurry; words always stand beside it. */
export const ICONS: Readonly<Record<Severity, string>> = { good: '✅', doubtful: '⚠️', bad: '❌', neutral: '⏳' };

/** What a reviewer must know first: all is well, something needs a look, the step failed, or results are still to come. */
export function severityOf(summary: Summary): Severity {
  const { status, failure, cost, failures } = summary;
  if (failure !== null) return 'bad';
  if (status === 'pending') return 'neutral';
  if (status === 'dry-run') return isUnchecked(summary) ? 'doubtful' : 'good';
  if (status !== 'completed') return 'doubtful';
  const isDoubtful = countIncomplete(summary) > 0 || isPaidTwice(summary) || cost.unpriced > 0 || failures.length > 0;
  return isDoubtful ? 'doubtful' : 'good';
}

/** How the run ended in a few words, as the end of a heading; plain text without untrusted facts. */
export function headlineOf(summary: Summary): string {
  const { status, requests, batches, timings, estimate, problems } = summary;
  const cause = causeOf(summary.failure_codes);
  switch (status) {
    case 'completed':
    case 'canceled':
      return headlineOfResults(summary);
    case 'pending':
      return HEADLINES.pending({ state: stateOf(batches), waitedMs: timings.waited_ms });
    case 'dry-run': {
      if (summary.failure !== null) return HEADLINES['dry-run-failed']();
      const { batch = null, unpriced = 0 } = estimate ?? {};
      const cost = { usd: batch?.likely ?? null, isLowerBound: unpriced > 0 };
      return HEADLINES['dry-run']({ requests: requests.total ?? 0, ...cost, isUnchecked: isUnchecked(summary) });
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

function headlineOfResults(summary: Summary): string {
  const { status, requests, cost, failure_codes: codes } = summary;
  const counts = { answered: requests.succeeded ?? 0, total: requests.total ?? 0 };
  if (status === 'canceled') return HEADLINES.canceled(counts);
  if (counts.answered < counts.total) return HEADLINES['no-answer'](counts);
  if (codes.length > 0) return HEADLINES['step-failed']({ ...counts, cause: causeOf(codes) });
  if (isPaidTwice(summary)) return HEADLINES['paid-twice'](counts);
  const incomplete = countIncomplete(summary);
  if (incomplete > 0) return HEADLINES['answered-in-part']({ ...counts, incomplete });
  if (cost.unpriced > 0) return HEADLINES['cost-unknown']({ ...counts, isAll: cost.usd === null });
  return HEADLINES.answered(counts);
}

/** Answers that are not whole. */
export function countIncomplete({ incomplete }: Pick<Summary, 'incomplete'>): number {
  return Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Cases that need a look: without an answer, or with one that is not whole. */
export function countFailing({ incomplete, failures }: Pick<Summary, 'incomplete' | 'failures'>): number {
  return countIncomplete({ incomplete }) + failures.reduce((sum, { count }) => sum + count, 0);
}

/** Whether the API was asked, and neither looked up a model nor counted a prompt, as for a key that may do nothing. */
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
