import { type Context, createContext, Script } from 'node:vm';

/** How long one check may take, in ms. A machine that is busy for that long has other troubles. */
const LIMIT_MS = 500;

/** How often a pattern or schema may run out of time before it is not tried again: 100,000 answers must end, too. */
const MAX_STRIKES = 5;

/** What may run out of time, wherever it is used. */
export interface Guard {
  strikes: number;
}

/** A check of text that others wrote by a pattern that others wrote. It may be run twice. */
export interface TimedJob<T> {
  readonly guard: Guard | undefined;
  run(): T;
}

const script = new Script('work()');
/** What is to be done in time. Not a property of the sandbox, which would keep what it refers to until the whole heap is cleared. */
let work = (): void => {};
const sandbox = { work: () => work() };
let context: Context | undefined;

/**
 * The results of the jobs, undefined for those that take longer than the limit: nothing else interrupts a regular expression.
 * Setting up a limit costs more than most checks, so that all jobs share one until it runs out.
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
    // It had all the time for itself. Otherwise it begins anew, with all of it.
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
    // An error of another context is no instance of this one's.
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  } finally {
    work = () => {};
  }
}
