/** The first looks come after these pauses, in ms; later ones keep the last until `poll-interval-seconds` is reached. */
const FIRST_PAUSE_MS = 1_000;

/**
 * Pause before the next look: a second first, then doubling up to the interval, never shorter than what the API asked
 * for. `looks` counts the looks taken so far.
 */
export function nextPause(looks: number, pollIntervalMs: number, retryAfterMs: number | undefined): number {
  const grown = FIRST_PAUSE_MS * 2 ** Math.min(Math.max(looks - 1, 0), 20);
  return Math.max(Math.min(grown, pollIntervalMs), retryAfterMs ?? 0);
}
