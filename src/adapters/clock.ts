import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../ports/machine.ts';

/** The longest time one timer can hold (2³¹ − 1 ms); a longer sleep takes several. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. */
export function createClock(signal: AbortSignal): Clock {
  const offsetMs = Date.now() - performance.now();
  return {
    now: () => Math.floor(offsetMs + performance.now()),
    date: () => Date.now(),
    async sleep(ms) {
      signal.throwIfAborted();
      for (let left = ms; left > 0; left -= MAX_TIMER_MS) {
        await sleep(Math.min(left, MAX_TIMER_MS), undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    },
  };
}
