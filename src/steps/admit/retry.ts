import { ApiError } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';

/** Tries for a call that costs nothing, and the longest pause between them, in ms. */
const MAX_TRIES = 3;
const MAX_PAUSE_MS = 10_000;

/**
 * Makes a free, read-only call to the API and retries it after a temporary failure while there is time (`endsMs`, since
 * the epoch). Throws the error of the last try.
 */
export async function retry<T>({ clock }: Ports, endsMs: number, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError) || !isTemporary(error)) throw error;
      // A rate limit always ends, so only time counts.
      const isLast = tries >= MAX_TRIES && error.status !== 429;
      const pauseMs = Math.max(error.retryAfterMs ?? 0, tries * 1_000);
      if (isLast || pauseMs > MAX_PAUSE_MS || clock.now() + pauseMs > endsMs) throw error;
      await clock.sleep(pauseMs);
    }
  }
}

function isTemporary({ status }: ApiError): boolean {
  return status === undefined || status >= 500 || status === 408 || status === 409 || status === 429;
}
