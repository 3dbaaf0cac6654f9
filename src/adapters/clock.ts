import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Stop } from '../ports/machine.ts';

/** The longest time one timer can hold (2³¹ − 1 ms); a longer sleep takes several. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. A sleep ends early, without an error, once the step was told to stop. */
export function createClock(stop: Stop): Clock {
  const waking = new AbortController();
  stop.promise.then(() => waking.abort());
  const { signal } = waking;
  return {
    now: () => Date.now(),
    async sleep(ms) {
      for (let left = ms; left > 0 && !signal.aborted; left -= MAX_TIMER_MS) {
        await sleep(Math.min(left, MAX_TIMER_MS), undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
