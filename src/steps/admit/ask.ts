import { ApiError } from '../../ports/api.ts';
import type { World } from '../../ports/ports.ts';

/** How often a question is asked that costs nothing, and the longest pause that it is worth, in ms. */
const MAX_ASKS = 3;
const MAX_PAUSE_MS = 10_000;

/**
 * Asks the API something that is free and changes nothing, and asks again after a failure that may pass, as long as there is
 * time (`endsMs`, since the epoch). Throws what the last try threw.
 */
export async function ask<T>({ clock }: World, endsMs: number, question: () => Promise<T>): Promise<T> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof ApiError) || !mayPass(error)) throw error;
      // A rate limit passes by itself: only time counts there.
      const isLast = asked >= MAX_ASKS && error.status !== 429;
      const pauseMs = Math.max(error.retryAfterMs ?? 0, asked * 1_000);
      if (isLast || pauseMs > MAX_PAUSE_MS || clock.now() + pauseMs > endsMs) throw error;
      await clock.sleep(pauseMs);
    }
  }
}

function mayPass({ status }: ApiError): boolean {
  return status === undefined || status >= 500 || status === 408 || status === 409 || status === 429;
}
