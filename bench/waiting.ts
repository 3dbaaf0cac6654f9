import { nextPause } from '../src/core/polling/schedule.ts';

/** What waiting for a batch comes to: how often it is looked at, and how long after its end that is noticed, in ms. */
export interface Wait {
  readonly looks: number;
  readonly lostMs: number;
}

/** Waits for a batch that takes this long, by the schedule of the action. */
export function waitFor(durationMs: number, pollIntervalMs: number, retryAfterMs?: number): Wait {
  let elapsedMs = 0;
  let looks = 1;
  while (elapsedMs < durationMs) {
    elapsedMs += nextPause(looks, pollIntervalMs, retryAfterMs);
    looks += 1;
  }
  return { looks, lostMs: elapsedMs - durationMs };
}

/** The longest that may be lost over all batches that take about that long, by the second. */
export function worstWait(durationMs: number, pollIntervalMs: number, retryAfterMs?: number): Wait {
  const waits = Array.from({ length: 120 }, (_, second) =>
    waitFor(durationMs - second * 1_000, pollIntervalMs, retryAfterMs),
  );
  const most = (of: (wait: Wait) => number): number => Math.max(...waits.map(of));
  return { looks: most(({ looks }) => looks), lostMs: most(({ lostMs }) => lostMs) };
}
