import { shardsOf } from '../../core/record/record.ts';
import { ApiError } from '../../ports/api.ts';
import type { Run } from './run.ts';
import { noteBatches } from './run-state.ts';

/**
 * The batches that this run may stop, of those that are not known to have ended: what the API returned to its own
 * creates, and what the input `batch-id` names. A record may name any batch, and one that still runs cannot prove whose
 * it is.
 */
export function cancelableOf({ runState, inputs }: Run): ReadonlySet<string> {
  const shards = runState.store === undefined ? [] : shardsOf(runState.store.record);
  const made = shards.flatMap(({ batch, intent }) =>
    batch !== null && !batch.adopted && intent?.nonce === runState.nonce ? batch.id : [],
  );
  const ours = new Set([...inputs.batchIds, ...made]);
  return new Set(runState.batches.flatMap(({ id, status }) => (status !== 'ended' && ours.has(id) ? id : [])));
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
