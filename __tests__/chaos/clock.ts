import { fastClock } from '../../simulator/virtual-time.ts';

/** So many times faster than the real clock. */
const FACTOR = 25;
/** What the runner's signals and the process's answer to them take of their real time. */
const SIGNAL_SCALE = 0.5;
/** What the pause takes of its real time after which one of two runs yields that begin together. */
const SETTLE_SCALE = 0.3;

export interface ChaosClock {
  readonly now: () => number;
  /** Lets so much time pass at once, for the simulator and the runs that begin afterwards. */
  advance(ms: number): void;
  readonly signalScale: number;
  /** For a run; `together` with another one that begins at the same moment. */
  env(together: boolean): { readonly NODE_OPTIONS: string };
}

/**
 * A fast clock on which work that is raced against the clock still has its real time: what a signal leaves, and the pause
 * in which one of two runs sees the other. All other sleeps are as short as the clock makes them.
 */
export function chaosClock(): ChaosClock {
  let clock = fastClock({ factor: FACTOR });
  return {
    now: () => clock.now(),
    advance(ms) {
      clock = fastClock({ factor: FACTOR, fromMs: clock.now() + ms });
    },
    signalScale: SIGNAL_SCALE,
    env(together) {
      const short = together ? `ms <= 1000 ? ms * ${FACTOR * SETTLE_SCALE} : ms` : 'ms';
      const program = `import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
const { setTimeout: sleep } = timers;
timers.setTimeout = (ms, value, options) =>
  sleep(options?.ref === false ? ms * ${FACTOR * SIGNAL_SCALE} : ${short}, value, options);
syncBuiltinESMExports();`;
      return { NODE_OPTIONS: `${clock.env.NODE_OPTIONS} --import=data:text/javascript,${encodeURIComponent(program)}` };
    },
  };
}
