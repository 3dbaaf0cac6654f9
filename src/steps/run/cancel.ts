import { batchesOf } from '../../core/record/record.ts';
import { ApiError } from '../../ports/api.ts';
import type { Run } from './run.ts';
import { noteBatches } from './run-state.ts';

/**
 * The batches of this run that are not known to have ended. Includes an adopted one only after its results have shown
 * that it is ours: before that it may be somebody else's and stays untouched.
 */
export function cancelableOf({ runState }: Run): ReadonlySet<string> {
  const batches = runState.store === undefined ? [] : batchesOf(runState.store.record);
  const unconfirmed = new Set(batches.filter(({ adopted }) => adopted).map(({ id }) => id));
  return new Set(runState.batches.flatMap(({ id, status }) => (status === 'ended' || unconfirmed.has(id) ? [] : id)));
}

/** Asks the API to cancel every running batch of this run. Returns whether any was asked, or is stopping already. */
export async function cancelAll(run: Run): Promise<boolean> {
  const { ports, runState } = run;
  const cancelable = cancelableOf(run);
  let isAsked = false;
  for (const { id, status } of runState.batches) {
    if (status === 'ended') continue;
    if (!cancelable.has(id)) {
      ports.log.info({ code: 'cancel-skipped', id });
      continue;
    }
    try {
      if (status !== 'canceling') noteBatches(runState, [await ports.api.cancel(id)]);
      isAsked = true;
      ports.log.info({ code: 'cancel-requested', id });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      ports.log.warning({ code: 'cancel-failed', id, reason: error.message });
    }
  }
  return isAsked;
}
