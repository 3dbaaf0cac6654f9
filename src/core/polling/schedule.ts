/** Shortest pause between two looks, and the age at which a batch is first looked at, in ms. */
const LEAST_PAUSE_MS = 1_000;
/** The share of the time waited for so far that the next pause takes. */
const SHARE = 1 / 2;

/** Pause before the first look at a batch that is so old, in ms. */
export function firstPause(ageMs: number, pollIntervalMs: number): number {
  return Math.min(Math.max(LEAST_PAUSE_MS - Math.max(ageMs, 0), 0), pollIntervalMs);
}

/**
 * Pause before the next look, in ms: half of the age of what is waited for, from a second up to the interval, never shorter than what
 * the API asked for.
 */
export function nextPause(ageMs: number, pollIntervalMs: number, retryAfterMs: number | undefined): number {
  return Math.max(Math.min(Math.max(ageMs * SHARE, LEAST_PAUSE_MS), pollIntervalMs), retryAfterMs ?? 0);
}
