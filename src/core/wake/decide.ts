import type { Batch } from '../../ports/api.ts';
import type { RunArtifact, RunJob, WorkflowRun } from '../../ports/github.ts';
import type { LeftBecause } from '../messages/waking.ts';
import { RESULTS_LAST_MS } from '../polling/lifetime.ts';
import { parseTime } from '../text/numbers.ts';
import type { PauseNote } from './pause-note.ts';

/** After this time GitHub re-runs nothing, in ms. */
const RUN_LASTS_MS = 30 * 86_400_000;
/** GitHub re-runs a run at most 50 times: the last ones are left to people. */
const MAX_RERUNS = 45;
/** How often to re-run a job that keeps failing before it gets to its note, as when its runner is lost. */
const MAX_TRIES = 3;

/** Why not to download a note, by GitHub's facts about its artifact; undefined if it is worth it. */
export function refuseListed(artifact: RunArtifact, nowMs: number): LeftBecause | undefined {
  if (artifact.isFromFork) return 'fork';
  return artifact.isExpired || nowMs - artifact.createdAtMs >= RUN_LASTS_MS ? 'too-old' : undefined;
}

/** GitHub deletes caches that nobody has read for seven days. A job without an ID may not list artifacts, so its record is in the cache alone. */
const CACHE_LASTS_MS = 6 * 86_400_000;

/** Why to ignore a note. */
export function refuseNote(
  note: PauseNote,
  { runId, createdAtMs }: RunArtifact,
  nowMs: number,
): LeftBecause | undefined {
  if (note.run_id !== runId) return 'other-run';
  if (note.job.id === null && nowMs - createdAtMs >= CACHE_LASTS_MS) return 'record-gone';
  return Date.parse(note.until) <= nowMs ? 'too-old' : undefined;
}

/** Why a batch keeps its job from being re-run; undefined if a new attempt collects it for free. */
export function refuseBatch(batch: Batch, nowMs: number): LeftBecause | undefined {
  // A new attempt would submit again whatever was canceled or no longer has results.
  if (batch.status === 'canceling' || batch.counts.canceled > 0) return 'batch-canceled';
  if (batch.status !== 'ended') return 'running';
  const createdAtMs = parseTime(batch.createdAt) ?? nowMs;
  return batch.archivedAt !== null || nowMs - createdAtMs >= RESULTS_LAST_MS ? 'results-gone' : undefined;
}

/** Why no job of a run may be re-run now. */
export function refuseRun(run: WorkflowRun, nowMs: number): LeftBecause | undefined {
  if (run.isFromFork) return 'fork';
  if (nowMs - run.createdAtMs >= RUN_LASTS_MS) return 'too-old';
  if (run.attempt > MAX_RERUNS) return 'too-many-attempts';
  return run.isCompleted ? undefined : 'run-in-progress';
}

/** The execution of the job to re-run, undefined if unknown; or why there is none. */
export type Found = { readonly job: RunJob | undefined } | { readonly left: LeftBecause };

/**
 * The newest execution of the job that left the note, if it is the one that left it, or one that failed without getting to the note:
 * an execution that collects removes it. `executions`: all of the run, or only the noted one if the note is from the newest attempt.
 */
export function findJob({ job: { id }, attempt }: PauseNote, run: WorkflowRun, executions: readonly RunJob[]): Found {
  const ofRun = executions.filter(({ runId }) => runId === run.id);
  const own = ofRun.find((one) => one.id === id && one.attempt === attempt);
  if (own === undefined) return { left: 'job-unknown' };
  const same = ofRun.filter(({ name }) => name === own.name);
  const newest = same.reduce((last, one) => (one.attempt > last.attempt ? one : last), own);
  if (new Set(same.map((one) => one.attempt)).size < same.length) return { left: 'same-name' };
  if (!newest.isCompleted) return { left: 'run-in-progress' };
  // GitHub may list a job that did not run again under a new ID in later attempts, with its original times.
  const later = same.filter((one) => one.attempt > attempt && one.startedAt !== own.startedAt);
  const tries = new Set(later.map(({ startedAt }) => startedAt)).size;
  if (tries > 0 && newest.conclusion !== 'failure') return { left: 'run-again' };
  return tries < MAX_TRIES ? { job: newest } : { left: 'tries-used-up' };
}

/** The same for a note without an ID: its job is known only in a run with a single job. */
export function findOnlyJob(note: PauseNote, run: WorkflowRun, executions: readonly RunJob[]): Found {
  const own = executions.filter(({ attempt }) => attempt === note.attempt);
  const isOnly = new Set(executions.map(({ name }) => name)).size === 1;
  if (isOnly && own[0] !== undefined) return findJob({ ...note, job: { ...note.job, id: own[0].id } }, run, executions);
  // Nothing shows which jobs ran in later attempts.
  return note.attempt === run.attempt ? { job: undefined } : { left: 'run-again' };
}
