import { setTimeout as sleep } from 'node:timers/promises';

/** Signals that the runner ends the step: the job was cancelled, superseded or is out of time. */
export interface Stop {
  readonly signal: AbortSignal;
  /** Resolves when the run must leave its work as it is, with time to report that. */
  readonly patience: Promise<void>;
  /** Resolves when the process must end, well before the runner kills it. */
  readonly limit: Promise<void>;
}

/**
 * The runner sends SIGTERM 7.5 s after SIGINT and SIGKILL 2.5 s later. Current work has this long to end, then the step
 * has as long again to report its state. Milliseconds.
 */
const PATIENCE_MS = 3_000;
const LIMIT_MS = 6_000;

/** Listens for the signals with which the runner ends a step. */
export function createStop(): Stop {
  const controller = new AbortController();
  const { signal } = controller;
  const stopped = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        controller.abort(new Error('stopped'));
        resolve();
      });
    }
  });
  const after = async (ms: number): Promise<void> => {
    await stopped;
    await sleep(ms, undefined, { ref: false });
  };
  return { signal, patience: after(PATIENCE_MS), limit: after(LIMIT_MS) };
}
