import type { Batch } from '../../ports/api.ts';
import { type Finisher, finisherOf } from '../endings/finisher.ts';
import { failuresOf, type Outcome } from '../endings/outcome.ts';
import type { FailedStep, Failure, Lasting, NextStep } from '../messages/failures.ts';
import { parseTime } from '../text/numbers.ts';
import type { SummaryBatch } from './summary.ts';
import { batchOf } from './summary-parts.ts';

/** How to get results that were collected but that this run could not keep or report. */
export interface Recovery {
  /** The artifact with the results, if their batches are deleted at the API. */
  readonly artifact: string | undefined;
  /** Whether a run with the same requests collects them again. */
  readonly resumable: boolean;
  /** The input `batch-id`. */
  readonly batchIds: readonly string[];
}

/** After these, the user must fetch the results or run again; other failures say what to do themselves. */
const UNREPORTED: ReadonlySet<Failure['code']> = new Set([
  'unexpected-failure',
  'upload-failed',
  'report-not-written',
  'files-not-moved',
  'outputs-not-set',
]);

/** Why the step fails and what to do next; undefined if it is green. */
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

/** What to do with live batches, of answers or of their judgements. `finisher`: who collects them, if known. */
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
  // If the judge has batches, those of the answers have ended, and the grades come from the judge's.
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

/** In one format, so that times of several batches can be compared. */
function timeOf(time: string): string | undefined {
  const ms = parseTime(time);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
