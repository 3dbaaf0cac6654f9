import type { Batch } from '../../ports/api.ts';
import type { RunArtifact, RunJob, WorkflowRun } from '../../ports/github.ts';
import type { LeftBecause } from '../messages/waking.ts';
import { RESULTS_LAST_MS } from '../polling/lifetime.ts';
import { parseTime } from '../text/numbers.ts';
import type { PauseNote } from './pause-note.ts';

/** GitHub runs nothing again after this time, in ms. */
const RUN_LASTS_MS = 30 * 86_400_000;
/** GitHub runs a run again at most 50 times: the last ones are left to people. */
const MAX_ATTEMPT = 45;

/** Why a note is not even downloaded, by what GitHub says of its artifact; undefined where it is. */
export function refuseListed(artifact: RunArtifact, nowMs: number): LeftBecause | undefined {
  if (artifact.isFromFork) return 'fork';
  return artifact.isExpired || nowMs - artifact.createdAtMs >= RUN_LASTS_MS ? 'too-old' : undefined;
}

/** Why a note is not believed. */
export function refuseNote(note: PauseNote, { runId }: RunArtifact, nowMs: number): LeftBecause | undefined {
  if (note.run_id !== runId) return 'other-run';
  return Date.parse(note.until) <= nowMs ? 'too-old' : undefined;
}

/** Why a batch keeps its job from being run again; undefined where a new attempt collects it for free. */
export function refuseBatch(batch: Batch, nowMs: number): LeftBecause | undefined {
  // A new attempt submits again what was canceled, and what has no results any more.
  if (batch.status === 'canceling' || batch.counts.canceled > 0) return 'batch-canceled';
  if (batch.status !== 'ended') return 'running';
  const createdAtMs = parseTime(batch.createdAt) ?? nowMs;
  return batch.archivedAt !== null || nowMs - createdAtMs >= RESULTS_LAST_MS ? 'results-gone' : undefined;
}

/** Why no job of a run is run again now. */
export function refuseRun(run: WorkflowRun, nowMs: number): LeftBecause | undefined {
  if (run.isFromFork) return 'fork';
  if (nowMs - run.createdAtMs >= RUN_LASTS_MS) return 'too-old';
  if (run.attempt >= MAX_ATTEMPT) return 'too-many-attempts';
  return run.isCompleted ? undefined : 'run-in-progress';
}

/**
 * The execution that is to be run again: the newest one of the job that left the note, if it is the one that left it. `executions` are
 * those of the run, or the noted one alone where the note is of the newest attempt.
 */
export function findJob(
  { job: { id }, attempt }: PauseNote,
  run: WorkflowRun,
  executions: readonly RunJob[],
): { readonly job: RunJob } | { readonly left: LeftBecause } {
  const ofRun = executions.filter(({ runId }) => runId === run.id);
  const own = ofRun.find((one) => one.id === id && one.attempt === attempt);
  if (own === undefined) return { left: 'job-unknown' };
  const same = ofRun.filter(({ name }) => name === own.name);
  const newest = same.reduce((last, one) => (one.attempt > last.attempt ? one : last), own);
  if (new Set(same.map((one) => one.attempt)).size < same.length) return { left: 'job-unknown' };
  // GitHub may list a job that did not run again under a new ID in later attempts, with the times of when it ran.
  if (newest.id !== own.id && newest.startedAt !== own.startedAt) return { left: 'run-again' };
  return newest.isCompleted ? { job: newest } : { left: 'run-in-progress' };
}

/** The job of a run that has only one, which needs no ID. */
export function onlyJob(run: WorkflowRun, executions: readonly RunJob[]): RunJob | undefined {
  const [job, ...others] = executions.filter(({ attempt }) => attempt === run.attempt);
  return others.length === 0 && job?.isCompleted ? job : undefined;
}

/** Whether these jobs are all that failed in the run, so that running its failed jobs again runs exactly them. */
export function areAllFailed(jobs: readonly RunJob[], executions: readonly RunJob[]): boolean {
  const newest = new Map<string, RunJob>();
  for (const one of executions.toSorted((a, b) => a.attempt - b.attempt)) newest.set(one.name, one);
  const failed = [...newest.values()].filter(({ hasFailed }) => hasFailed);
  const ids = new Set(jobs.map(({ id }) => id));
  return failed.length === ids.size && failed.every(({ id }) => ids.has(id));
}
