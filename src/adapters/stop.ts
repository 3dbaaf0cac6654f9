import { setTimeout as sleep } from 'node:timers/promises';
import type { Stop } from '../ports/machine.ts';

/**
 * The runner sends SIGTERM 7.5 s after SIGINT and SIGKILL 2.5 s later. What is under way has this long to end by itself, and
 * then there is as long again to say where things stand. Milliseconds.
 */
const PATIENCE_MS = 3_000;
const LIMIT_MS = 6_000;

/** Listens for the signals with which the runner ends a step. */
export function createStop(): Stop {
  let requested = false;
  const promise = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        requested = true;
        resolve();
      });
    }
  });
  const after = async (ms: number): Promise<void> => {
    await promise;
    await sleep(ms, undefined, { ref: false });
  };
  return {
    get requested() {
      return requested;
    },
    promise,
    patience: after(PATIENCE_MS),
    limit: after(LIMIT_MS),
  };
}
