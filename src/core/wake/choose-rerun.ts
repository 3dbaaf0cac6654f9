import type { RunJob } from '../../ports/github.ts';
import type { PauseNote } from './pause-note.ts';

/** A note whose batches have ended, with its job; undefined if unknown. */
export interface Ready {
  readonly note: PauseNote;
  readonly job: RunJob | undefined;
}

/** Jobs to re-run in one call, and the notes this serves. `job` is undefined unless it is a single job. */
export interface Rerun {
  readonly what: 'job' | 'failed-jobs' | 'all-jobs';
  readonly job?: RunJob;
  readonly of: readonly Ready[];
}

/**
 * Chooses what to re-run. GitHub can re-run one job, all that failed or were canceled, or all. Chooses several only if all of them
 * paused, so that no other job runs again. `executions` is undefined if they are unknown. Undefined if there is no safe choice.
 */
export function chooseRerun(ready: readonly Ready[], executions: readonly RunJob[] | undefined): Rerun | undefined {
  const idsOf = (some: readonly Ready[]): Set<number> => new Set(some.flatMap(({ job }) => job?.id ?? []));
  const unknown = ready.filter(({ job }) => job === undefined);
  const newest = executions === undefined ? undefined : newestOf(executions);
  if (newest !== undefined) {
    const unlucky = newest.filter(({ conclusion }) => !HARMLESS.has(conclusion));
    const failed = ready.filter(({ job }) => job?.conclusion === 'failure');
    const ids = idsOf(failed);
    const others = unlucky.filter(({ id }) => !ids.has(id));
    const isAllThatFailed = unlucky.length === ids.size + others.length && others.length === unknown.length;
    if (
      isAllThatFailed &&
      unlucky.every(({ conclusion }) => conclusion === 'failure') &&
      ids.size + unknown.length > 0
    ) {
      const [only] = failed;
      return unknown.length === 0 && ids.size === 1 && only?.job !== undefined
        ? { what: 'job', job: only.job, of: failed }
        : { what: 'failed-jobs', of: [...failed, ...unknown] };
    }
    const all = idsOf(ready);
    const isAll = newest.every(({ id, conclusion }) => conclusion === 'skipped' || all.has(id));
    if (isAll && all.size > 1) return { what: 'all-jobs', of: ready.filter(({ job }) => job !== undefined) };
  }
  const job = ready.find((one) => one.job !== undefined)?.job;
  return job && { what: 'job', job, of: ready.filter((one) => one.job?.id === job.id) };
}

/** Conclusions of jobs that a re-run of the failed jobs leaves alone. */
const HARMLESS: ReadonlySet<string> = new Set(['success', 'skipped', 'neutral']);

/** The newest execution of every job; undefined if some jobs with the same name ran again and others did not. */
function newestOf(executions: readonly RunJob[]): readonly RunJob[] | undefined {
  const newest: RunJob[] = [];
  for (const same of Map.groupBy(executions, ({ name }) => name).values()) {
    const attempts = new Set(same.map(({ attempt }) => attempt));
    if (attempts.size > 1 && attempts.size < same.length) return undefined;
    const last = Math.max(...attempts);
    newest.push(...same.filter(({ attempt }) => attempt === last));
  }
  return newest;
}
