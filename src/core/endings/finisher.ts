import type { Collector, Waker } from '../inputs/workflow-file.ts';
import type { Failure } from '../messages/failures.ts';

/** Who goes on where a run leaves a batch to be collected, as the workflow files say. */
export interface Later {
  readonly collector: Collector | undefined;
  readonly waker: Waker | undefined;
}

/**
 * Who collects what a run left: a later job of the same workflow run, a workflow that re-runs this job once the batch
 * has ended, or whoever re-runs it.
 */
export type Finisher =
  | { readonly kind: 'job'; readonly job: string }
  | { readonly kind: 'waker'; readonly workflow: string; readonly crons: readonly string[] }
  | { readonly kind: 'rerun' };

/** What the choice depends on. */
interface Left {
  readonly later?: Later;
  readonly failures?: readonly Failure[];
  readonly resumable: boolean;
  readonly batches: readonly unknown[];
}

/** Undefined where no run finds the batches by itself. */
export function finisherOf({ later, failures = [], resumable, batches }: Left): Finisher | undefined {
  // Without a batch, requests that all have an earlier answer are found by this once more.
  if (!resumable && batches.length > 0) return undefined;
  // A job that was stopped takes the later ones with it, and a waker leaves alone what a person stopped.
  if (failures.some(({ code }) => code === 'stopped')) return { kind: 'rerun' };
  const { collector, waker } = later ?? {};
  const runs = failures.length === 0 || collector?.runsAfterFailure === true;
  if (collector !== undefined && runs) return { kind: 'job', job: collector.job };
  return waker !== undefined && batches.length > 0 ? { kind: 'waker', ...waker } : { kind: 'rerun' };
}
