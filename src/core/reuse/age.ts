import { RESULTS_LAST_MS } from '../polling/lifetime.ts';

const DAY_MS = 86_400_000;
/** Time to leave for downloading the chosen answers. */
const LEFT_MS = 3_600_000;

/** How old a reused answer may be. */
export interface ReuseWindow {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  readonly reuseDays: number;
}

/** Whether an answer from a batch created at this time is recent enough and can still be fetched. */
export function isFresh(answeredAtMs: number, { nowMs, reuseDays }: ReuseWindow): boolean {
  return nowMs - answeredAtMs <= Math.min(reuseDays * DAY_MS, RESULTS_LAST_MS - LEFT_MS);
}
