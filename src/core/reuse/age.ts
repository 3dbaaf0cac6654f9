import { RESULTS_LAST_MS } from '../polling/lifetime.ts';

const DAY_MS = 86_400_000;
/** Time to download what was chosen. */
const LEFT_MS = 3_600_000;

/** How old an answer may be that is taken now. */
export interface ReuseWindow {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  readonly reuseDays: number;
}

/** Whether an answer of a batch that was created then is young enough, and can still be fetched. */
export function isFresh(answeredAtMs: number, { nowMs, reuseDays }: ReuseWindow): boolean {
  return nowMs - answeredAtMs <= Math.min(reuseDays * DAY_MS, RESULTS_LAST_MS - LEFT_MS);
}
