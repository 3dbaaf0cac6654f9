import { isKeyUnknown } from '../../core/polling/error-class.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { Run } from '../run/run.ts';

/** Pause before a batch counts as gone, and the longest pause between two looks, in ms. */
const LOOK_AGAIN_MS = 2_000;
const MAX_PAUSE_MS = 30_000;

/** Whether the API does not know a batch. Waits no longer for its answer than it takes to ask twice. */
export async function isAbsent(ports: Run['ports'], id: string): Promise<boolean> {
  try {
    await lookAtEarlier(ports, id, ports.clock.now() + LOOK_AGAIN_MS);
    return false;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 404;
  }
}

/** Looks until the API says something definite, or it is later than `endsMs`. At times it does not find a batch that exists. */
export async function lookAtEarlier({ api, clock }: Run['ports'], id: string, endsMs: number): Promise<Batch> {
  for (let [pauseMs, absent] = [LOOK_AGAIN_MS, 0]; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
    try {
      return (await api.retrieve(id)).batch;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) absent += 1;
      const isFinal = error.status === 404 ? absent > 1 : isDefinite(error) || isKeyUnknown(error);
      const waitMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
      if (isFinal || clock.now() + waitMs > endsMs) throw error;
      await clock.sleep(waitMs);
    }
  }
}

/** Whether another look would bring the same: the batch is gone, or the key may not see it. */
export function isDefinite(error: ApiError): boolean {
  const { status } = error;
  return status !== undefined && status < 500 && ![408, 409, 429].includes(status) && !isKeyUnknown(error);
}
