import type { Batch } from '../../ports/api.ts';
import { type Finisher, finisherOf } from '../endings/finisher.ts';
import { failuresOf, type Outcome } from '../endings/outcome.ts';
import type { FailedStep, Failure, Lasting, NextStep } from '../messages/failures.ts';
import { parseTime } from '../text/numbers.ts';
import type { SummaryBatch } from './summary.ts';
import { batchOf } from './summary-parts.ts';

/** How to get at results that were collected, where this run could not keep or report them. */
export interface Recovery {
  /** The artifact that holds them, where their batches are deleted at the API. */
  readonly artifact: string | undefined;
  /** Whether a run with the same requests collects them again. */
  readonly resumable: boolean;
  /** The input `batch-id`. */
  readonly batchIds: readonly string[];
}

/** After these the user has to get at the results, or to run again; other failures say themselves what to do. */
const UNREPORTED: ReadonlySet<Failure['code']> = new Set([
  'unexpected-failure',
  'upload-failed',
  'report-not-written',
  'files-not-moved',
  'outputs-not-set',
]);

/** Why the step fails and what to do next; undefined where it is green. */
export function failedStepOf(outcome: Outcome, recovery: Recovery): FailedStep | undefined {
  const failures = failuresOf(outcome);
  return failures.length === 0 ? undefined : { failures, next: nextStepOf(outcome, failures, recovery) };
}

function nextStepOf(outcome: Outcome, failures: readonly Failure[], recovery: Recovery): NextStep | undefined {
  const isUnreported = failures.some(({ code }) => UNREPORTED.has(code));
  if (isUnreported && recovery.artifact !== undefined)
    return { code: 'download-artifact', artifact: recovery.artifact };
  if (failures.some(({ code }) => code === 'reuse-gone')) return { code: 'fix-and-rerun' };
  if (outcome.status === 'pending') return collectBatches(outcome, finisherOf(outcome, recovery));
  if (!isUnreported) return undefined;
  return 'accounts' in outcome
    ? collectBatches({ ...outcome, resumable: recovery.resumable })
    : { code: 'fix-and-rerun' };
}

/** What to do with batches that live on, of answers or of their judgements. `finisher`: who collects them, if that is known. */
export function collectBatches(
  outcome: {
    readonly batches: readonly Batch[];
    readonly judgeBatches?: readonly Batch[];
    readonly resumable: boolean;
  },
  finisher?: Finisher,
): NextStep {
  const { batches, judgeBatches, resumable: isResumable } = outcome;
  const ids = batches.map(({ id }) => id);
  const judgeIds = judgeBatches?.map(({ id }) => id) ?? [];
  // With a judge's batch, the answers' have ended, and the grades come from the judge's.
  const lasting = lastingOf((judgeIds.length > 0 ? (judgeBatches ?? []) : batches).map(batchOf));
  if (finisher?.kind === 'job') return { code: 'later-job-collects', job: finisher.job, ...lasting };
  if (finisher?.kind === 'waker') {
    const { workflow, schedules } = finisher;
    return { code: 'waker-collects', workflow, isScheduled: schedules.length > 0, ...lasting };
  }
  if (judgeBatches === undefined) return { code: 'collect-batches', ids, isResumable, ...lasting };
  return { code: 'finish-judging', ids, judgeIds, isResumable, ...lasting, count: judgeIds.length };
}

export function lastingOf(batches: readonly SummaryBatch[]): Lasting {
  const ends = batches.flatMap(({ status, expires_at }) => (status === 'ended' ? [] : (timeOf(expires_at) ?? [])));
  const until = batches.flatMap(({ results_until }) => timeOf(results_until ?? '') ?? []);
  return { count: batches.length, endsBy: ends.sort().at(-1), resultsUntil: until.sort()[0] };
}

/** In one form, so that times of several batches compare. */
function timeOf(time: string): string | undefined {
  const ms = parseTime(time);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
