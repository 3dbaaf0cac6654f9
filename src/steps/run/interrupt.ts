import { failed, stopped } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { cancelAll, cancelableOf } from './cancel.ts';
import type { Task } from './job.ts';
import { underway } from './trail.ts';

/**
 * The ending of a run that the runner ends: the record is safe already, and where that is wanted the API is asked to cancel
 * the batches, so that the next run collects what they have answered and sends the rest.
 */
export async function interrupt(task: Task): Promise<Outcome> {
  const { world, inputs, trail } = task;
  const { store } = trail;
  // Of batches that are deleted only the artifact is left to go on with.
  if (store?.record.phase === 'deleted' && trail.batches.length > 0 && store.holds(trail.batches))
    return failed({ code: 'stopped-before-report', artifact: store.record.artifact?.name });
  const isWanted = inputs.onCancel === 'cancel';
  const cancelable = cancelableOf(task);
  // Noted before it is done: a batch that was stopped without a note would pass for one that a person has stopped.
  if (isWanted && cancelable.size > 0) await store?.markStopped(cancelable, 'left');
  const isCancelRequested = isWanted && (await cancelAll(task));
  const shards = store?.record.rounds.flatMap((round) => round.shards) ?? [];
  const isCreating = shards.some(({ intent, batch }) => intent?.nonce === trail.nonce && batch === null);
  return stopped(underway(trail, world.clock.now()), { isCancelRequested, isCreating });
}

/** The one place that catches the signal: a story that it ended becomes the ending of an interrupted run. */
export async function untilInterrupted<T>(task: Task, story: () => Promise<T>): Promise<T | Outcome> {
  const { signal } = task.world;
  try {
    return await story();
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return interrupt(task);
  }
}
