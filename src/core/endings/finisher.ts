import type { Inputs } from '../inputs/inputs.ts';
import type { Waker } from '../inputs/waker.ts';
import type { Failure } from '../messages/failures.ts';
import type { Outcome, Pending } from './outcome.ts';

/**
 * Who collects what a run left: a later job of the same workflow run, a workflow that re-runs this job once the batch has ended, or a
 * person who re-runs it.
 */
export type Finisher =
  | { readonly kind: 'job'; readonly job: string }
  | ({ readonly kind: 'waker' } & Waker)
  | { readonly kind: 'rerun' };

/** Undefined if no run finds the batches on its own. */
export function finisherOf(outcome: Pending, inputs: Pick<Inputs, 'batchIds'>): Finisher | undefined {
  const { later, failures, resumable, batches, judgeBatches = [] } = outcome;
  // Without a batch, all requests have earlier answers, and any run finds those again.
  const isFound = resumable || batches.length + judgeBatches.length === 0;
  // Stopping a job also stops the later ones.
  const isStopped = failures.some(({ code }) => code === 'stopped');
  const runs = failures.length === 0 || later?.collector?.runsAfterFailure === true;
  if (later?.collector !== undefined && isFound && runs && !isStopped) return { kind: 'job', job: later.collector.job };
  if (later?.waker !== undefined && isWakeable(outcome, inputs)) return { kind: 'waker', ...later.waker };
  return isFound ? { kind: 'rerun' } : undefined;
}

/** Whether the step leaves a note for a waker, whether or not this run knows one: it does if no later job collects. */
export function isLeftToWaker(outcome: Outcome, inputs: Pick<Inputs, 'batchIds'>): outcome is Pending {
  return isWakeable(outcome, inputs) && finisherOf(outcome, inputs)?.kind !== 'job';
}

/** Failures that time alone fixes; all others need a person or would just recur. */
const PASSING: ReadonlySet<Failure['code']> = new Set([
  'wait-timed-out',
  'judging-left',
  'results-unavailable',
  'reuse-unavailable',
  'results-short',
]);

/** Whether re-running the job after its batches have ended collects them without submitting again. */
function isWakeable(outcome: Outcome, { batchIds }: Pick<Inputs, 'batchIds'>): outcome is Pending {
  if (outcome.status !== 'pending' || outcome.batches.length === 0) return false;
  const isFound = outcome.resumable || batchIds.length > 0;
  return isFound && outcome.failures.every(isPassing);
}

function isPassing(failure: Failure): boolean {
  if (failure.code !== 'batch-unreachable') return PASSING.has(failure.code);
  return failure.why === 'outage' || failure.why === 'unseen';
}
