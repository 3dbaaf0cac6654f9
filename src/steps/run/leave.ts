import { stopped, stoppedReporting } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { cancelAll, runningOf } from './cancel.ts';
import type { Task } from './job.ts';
import { holds } from './record-handle.ts';
import { underway } from './trail.ts';

/**
 * How a run ends that the runner wants to end: the record is safe already, and where that is wanted the API is asked to stop
 * the batches, so that the next run collects what they have answered and sends the rest.
 */
export async function leave(task: Task): Promise<Outcome> {
  const { world, inputs, trail } = task;
  const { memory } = trail;
  // Of batches that are deleted there is nothing to go on with but the artifact.
  if (memory?.record.phase === 'deleted' && trail.batches.length > 0 && holds(memory, trail.batches))
    return stoppedReporting(memory.record.artifact?.name);
  const isWanted = inputs.onCancel === 'cancel';
  const running = runningOf(task);
  // Noted before it is done: a batch that was stopped without a note would pass for one that a person has stopped.
  if (isWanted && running.size > 0) await memory?.markStopped(running, 'left');
  const asked = isWanted && (await cancelAll(task));
  const shards = memory?.record.rounds.flatMap((round) => round.shards) ?? [];
  const uncertain = shards.some(({ intent, batch }) => intent?.nonce === trail.nonce && batch === null);
  return stopped(underway(trail, world.clock.now()), { asked, uncertain });
}

/** The one place that catches the signal: a story that it ended becomes the ending of an interrupted run. */
export async function untilInterrupted<T>(task: Task, story: () => Promise<T>): Promise<T | Outcome> {
  const { signal } = task.world;
  try {
    return await story();
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return leave(task);
  }
}
