import { batchesOf } from '../../core/record/record.ts';
import { ApiError } from '../../ports/api.ts';
import type { Task } from './job.ts';
import { noteBatches } from './trail.ts';

/**
 * The batches of this run that are not known to have ended. An adopted one is among them only once its results have shown
 * that it is ours: before that it may be somebody else's, and nothing is done to it.
 */
export function cancelableOf({ trail }: Task): ReadonlySet<string> {
  const batches = trail.store === undefined ? [] : batchesOf(trail.store.record);
  const unconfirmed = new Set(batches.filter(({ adopted }) => adopted).map(({ id }) => id));
  return new Set(trail.batches.flatMap(({ id, status }) => (status === 'ended' || unconfirmed.has(id) ? [] : id)));
}

/** Asks the API to cancel every batch of this run that is still running. Returns whether any was asked, or is stopping already. */
export async function cancelAll(task: Task): Promise<boolean> {
  const { world, trail } = task;
  const cancelable = cancelableOf(task);
  let isAsked = false;
  for (const { id, status } of trail.batches) {
    if (status === 'ended') continue;
    if (!cancelable.has(id)) {
      world.log.info({ code: 'cancel-skipped', id });
      continue;
    }
    try {
      if (status !== 'canceling') noteBatches(trail, [await world.api.cancel(id)]);
      isAsked = true;
      world.log.info({ code: 'cancel-requested', id });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      world.log.warning({ code: 'cancel-failed', id, reason: error.message });
    }
  }
  return isAsked;
}
