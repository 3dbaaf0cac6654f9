import { Refusal } from './refusals.ts';
import type { GitHubState, Job, Run } from './state.ts';

const MONTH_MS = 30 * 24 * 60 * 60_000;
const MAX_RERUNS = 50;

/** Adds the next attempt of a run: these jobs and all that need one of them, queued. Throws GitHub's refusal. */
export function rerun(state: GitHubState, run: Run, jobs: readonly Job[]): void {
  if (statusOf(run) !== 'completed') throw refused('The workflow run containing this job is already running');
  if (state.now() - run.createdAtMs > MONTH_MS)
    throw refused('Unable to retry this workflow run because it was created over a month ago');
  const attempt = attemptOf(run);
  if (run.isDisabled || jobs.length === 0 || attempt > MAX_RERUNS) throw refused('This workflow run cannot be retried');
  const newest = newestJobs(run);
  const names = new Set(jobs.map(({ name }) => name));
  for (let size = 0; size < names.size; ) {
    size = names.size;
    for (const { name, needs } of newest) if (needs.some((one) => names.has(one))) names.add(name);
  }
  const queued = newest
    .filter(({ name }) => names.has(name))
    .map(({ name, needs }): Job => {
      const place = { id: state.nextId(), attempt: attempt + 1, name, needs, startedAtMs: state.now() };
      return { ...place, status: 'queued', conclusion: null, completedAtMs: undefined, runnerName: null };
    });
  run.jobs.push(...queued);
  state.onRerun?.(run, queued);
}

function refused(message: string): Refusal {
  return new Refusal(403, message);
}

/** The newest execution of every job, in the order of the jobs. */
export function newestJobs({ jobs }: Run): readonly Job[] {
  return [...new Map(jobs.map((job) => [job.name, job])).values()];
}

/** Whether a re-run of the failed jobs includes a job that ended this way. */
export function isFailed(conclusion: Job['conclusion']): boolean {
  return conclusion === 'failure' || conclusion === 'cancelled';
}

export function attemptOf({ jobs }: Run): number {
  return Math.max(1, ...jobs.map(({ attempt }) => attempt));
}

/** A run without jobs has not begun any. */
export function statusOf(run: Run): 'queued' | 'in_progress' | 'completed' {
  const newest = newestJobs(run);
  if (newest.length > 0 && newest.every(({ status }) => status === 'completed')) return 'completed';
  return newest.some(({ status }) => status !== 'queued') ? 'in_progress' : 'queued';
}

export function conclusionOf(run: Run): 'success' | 'failure' | 'cancelled' | null {
  if (statusOf(run) !== 'completed') return null;
  const conclusions = newestJobs(run).map(({ conclusion }) => conclusion);
  return (['failure', 'cancelled'] as const).find((one) => conclusions.includes(one)) ?? 'success';
}
