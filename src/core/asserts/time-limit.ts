import { type Context, createContext, Script } from 'node:vm';

/** Time limit of one check, in ms. A machine that is busy for that long has other problems. */
const LIMIT_MS = 500;

/** After this many timeouts a pattern or schema is not tried again: a run of 100,000 answers must end, too. */
const MAX_STRIKES = 5;

/** Counts the timeouts of a pattern or schema across all its uses. */
export interface Guard {
  strikes: number;
}

/** Checks untrusted text with an untrusted pattern. May run twice. */
export interface TimedJob<T> {
  readonly guard: Guard | undefined;
  run(): T;
}

const script = new Script('work()');
/** What the script runs. As a property of the sandbox, it would keep what it refers to alive until the next full garbage collection. */
let work = (): void => {};
const sandbox = { work: () => work() };
let context: Context | undefined;

/**
 * Runs the jobs; the result is undefined for each that exceeds the limit, since nothing else can interrupt a regular expression. Setting
 * up a limit costs more than most checks, so all jobs share one until it runs out.
 */
export function runInTime<T>(jobs: readonly TimedJob<T>[], limitMs = LIMIT_MS): readonly (T | undefined)[] {
  const results: (T | undefined)[] = [];
  while (results.length < jobs.length) {
    const first = results.length;
    work = () => {
      for (let job = jobs[first]; job !== undefined; job = jobs[results.length])
        results.push((job.guard?.strikes ?? 0) < MAX_STRIKES ? job.run() : undefined);
    };
    if (runScript(limitMs) || results.length > first) continue;
    // This job had the whole limit to itself. A later job that is interrupted starts again with the full limit.
    const guard = jobs[first]?.guard;
    if (guard !== undefined) guard.strikes += 1;
    results.push(undefined);
  }
  return results;
}

/** Whether the work ended in time. */
function runScript(timeout: number): boolean {
  context ??= createContext(sandbox);
  try {
    script.runInContext(context, { timeout });
    return true;
  } catch (error) {
    // An error from another context is no instance of this context's `Error`.
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  } finally {
    work = () => {};
  }
}
