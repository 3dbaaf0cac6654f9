import { batchesOf } from '../../core/record/record.ts';
import { ApiError } from '../../ports/api.ts';
import type { Task } from './job.ts';
import { noteBatches } from './trail.ts';

/**
 * The batches of this run that are not known to have ended. One that was found by looking is among them only once its results
 * have proved that it is ours: before that it may be somebody else's, and nothing is done to it.
 */
export function runningOf({ trail }: Task): ReadonlySet<string> {
  const batches = trail.memory === undefined ? [] : batchesOf(trail.memory.record);
  const unproved = new Set(batches.filter(({ adopted }) => adopted).map(({ id }) => id));
  return new Set(trail.batches.flatMap(({ id, status }) => (status === 'ended' || unproved.has(id) ? [] : id)));
}

/** Asks the API to stop every batch of this run that is still running. Returns whether any was asked, or is stopping already. */
export async function cancelAll(task: Task): Promise<boolean> {
  const { world, trail } = task;
  const running = runningOf(task);
  let isAsked = false;
  for (const { id, status } of trail.batches) {
    if (status !== 'ended' && !running.has(id))
      world.log.info(
        `The batch ${id} was found by looking, and nothing proves yet that it is ours: it is not stopped.`,
      );
    if (!running.has(id)) continue;
    try {
      if (status !== 'canceling') noteBatches(trail, [await world.api.cancel(id)]);
      isAsked = true;
      world.log.info(`Asked the API to stop batch ${id}.`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      world.log.warning(`The batch ${id} could not be stopped: ${error.message}.`);
    }
  }
  return isAsked;
}
