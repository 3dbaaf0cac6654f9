import { inject } from './inject.ts';

/** Time that passes faster than real time, equally in the simulator and in the processes of the action. */
export interface FastClock {
  /** For the `env` of a run. */
  readonly env: { readonly NODE_OPTIONS: string };
  /** For the option `now` of the simulator. Milliseconds since the epoch, whole. */
  readonly now: () => number;
}

/**
 * A clock that starts now, or at `fromMs`, and runs `factor` times as fast as the real one: a wait of 90 s takes 0.9 s at a
 * factor of 100. In the process it moves `Date`, `performance.now` and the sleeps of `node:timers/promises`, which is what `src/adapters/clock.ts`
 * is made of; time-outs of clients stay as they are. Computing takes that much more of the clock's time: a factor of F turns
 * a second of it into F seconds.
 */
export function fastClock({ factor, fromMs }: { readonly factor: number; readonly fromMs?: number }): FastClock {
  if (!(factor >= 1)) throw new RangeError(`A clock cannot be fast with a factor of ${factor}: give 1 or more`);
  const startMs = Date.now();
  const baseMs = fromMs ?? startMs;
  return {
    env: { NODE_OPTIONS: inject('clock', { baseMs, startMs, factor }) },
    now: () => Math.floor(baseMs + (Date.now() - startMs) * factor),
  };
}
