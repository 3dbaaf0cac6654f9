/** Shortest pause between two looks, and a batch's age at the first look, in ms. */
const LEAST_PAUSE_MS = 1_000;
/** The next pause as a share of the time waited so far. */
const SHARE = 1 / 2;

/** Pause before the first look at a batch of this age, in ms. */
export function firstPause(ageMs: number, pollIntervalMs: number): number {
  return Math.min(Math.max(LEAST_PAUSE_MS - Math.max(ageMs, 0), 0), pollIntervalMs);
}

/**
 * Pause before the next look, in ms: half of the age so far, between one second and the interval, but at least as long as the API asked
 * for.
 */
export function nextPause(ageMs: number, pollIntervalMs: number, retryAfterMs: number | undefined): number {
  return Math.max(Math.min(Math.max(ageMs * SHARE, LEAST_PAUSE_MS), pollIntervalMs), retryAfterMs ?? 0);
}
