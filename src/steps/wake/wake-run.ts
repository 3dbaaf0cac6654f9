import type { LeftBecause } from '../../core/messages/waking.ts';
import { areAllFailed, findJob, onlyJob, refuseRun } from '../../core/wake/decide.ts';
import type { PauseNote } from '../../core/wake/pause-note.ts';
import { claimOf } from '../../core/wake/round.ts';
import type { Left, Round, Woken } from '../../core/wake/woken.ts';
import { GitHubError, type RunJob, type WorkflowRun } from '../../ports/github.ts';
import type { Waker } from './waker.ts';

/** A note whose batches have ended, with its job; undefined where that is not known. */
interface Ready {
  readonly note: PauseNote;
  readonly job: RunJob | undefined;
}

/** What is run again: one job, or all that failed. */
interface Rerun {
  readonly job: RunJob | undefined;
  readonly of: readonly Ready[];
}

/**
 * Runs a job of a run again whose batches have ended: those of `notes`, while `waiting` are notes of the same run whose batches have not.
 * GitHub takes one re-run of a run at a time, so the others wait for the next round. Throws GitHubError, `forbidden` where the token may
 * not run jobs again.
 */
export async function wakeRun(
  waker: Waker,
  notes: readonly PauseNote[],
  waiting: readonly PauseNote[],
): Promise<Round> {
  const { ports } = waker;
  const runId = notes[0]?.run_id ?? 0;
  const all = (because: LeftBecause, of: readonly unknown[] = notes): Left[] => of.map(() => ({ runId, because }));
  const run = await ports.workflowRuns.run(runId);
  const refused = refuseRun(run, ports.clock.date());
  if (refused !== undefined) return { woken: [], left: all(refused) };

  const executions = createExecutions(waker, run);
  const ready: Ready[] = [];
  const left: Left[] = [];
  for (const note of notes) {
    const found = await jobOf(waker, { note, run, executions });
    const isHeld = waiting.some(({ job }) => job.id === note.job.id);
    if ('left' in found) left.push({ runId, because: found.left });
    else if (isHeld) left.push({ runId, because: 'running' });
    else ready.push({ note, job: found.job });
  }
  const rerun = await choose(ready, { run, executions });
  const others = ready.filter((one) => rerun?.of.includes(one) !== true);
  left.push(...all(rerun === undefined ? 'job-unknown' : 'one-at-a-time', others));
  if (rerun === undefined) return { woken: [], left };

  const failed = await tryRerun(waker, run, rerun);
  if (failed !== undefined) return { woken: [], left: [...left, ...all(failed, rerun.of)] };
  const names = rerun.of.map(({ note }) => note.name);
  ports.log.info({ code: 'paused-woken', runId, job: rerun.job?.name, names });
  const woken = rerun.of.map(({ note, job }): Woken => {
    const batch_ids = [...note.batch_ids, ...(note.judge_batch_ids ?? [])];
    return { run_id: runId, job_id: job?.id ?? null, name: note.name, batch_ids };
  });
  return { woken, left };
}

/** Every execution of the jobs of a run, asked for once; undefined where there are too many. */
type Executions = () => Promise<readonly RunJob[] | undefined>;

function createExecutions({ ports }: Waker, { id }: WorkflowRun): Executions {
  let listed: ReturnType<Executions> | undefined;
  return () => {
    listed ??= ports.workflowRuns.jobs(id);
    return listed;
  };
}

async function jobOf(
  { ports }: Waker,
  { note, run, executions }: { readonly note: PauseNote; readonly run: WorkflowRun; readonly executions: Executions },
): Promise<{ readonly job: RunJob | undefined } | { readonly left: LeftBecause }> {
  const { attempt, job } = note;
  if (attempt > run.attempt) return { left: 'other-run' };
  const isNewest = attempt === run.attempt;
  if (job.id === null) {
    // Which jobs the attempts after it ran, nothing says.
    if (!isNewest) return { left: 'run-again' };
    return { job: onlyJob(run, (await executions()) ?? []) };
  }
  const known = isNewest ? [await ports.workflowRuns.job(job.id)] : await executions();
  return known === undefined ? { left: 'job-unknown' } : findJob(note, run, known);
}

/** What to run again; undefined where the jobs are not known and did not fail. */
async function choose(
  ready: readonly Ready[],
  { run, executions }: { readonly run: WorkflowRun; readonly executions: Executions },
): Promise<Rerun | undefined> {
  const known = ready.flatMap(({ job }) => job ?? []);
  const [first] = known;
  if (first === undefined) return run.hasFailed && ready.length > 0 ? { job: undefined, of: ready } : undefined;
  const failed = known.filter(({ hasFailed }) => hasFailed);
  if (new Set(failed.map(({ id }) => id)).size > 1 && areAllFailed(failed, (await executions()) ?? []))
    return { job: undefined, of: ready.filter(({ job }) => job?.hasFailed) };
  return { job: first, of: ready.filter(({ job }) => job?.id === first.id) };
}

/** Runs again what no other step does. Resolves to why it did not. */
async function tryRerun({ ports }: Waker, run: WorkflowRun, { job }: Rerun): Promise<LeftBecause | undefined> {
  const { state, workflowRuns, clock, log } = ports;
  // With the usual concurrency group, the old run would cancel the new one.
  if (await workflowRuns.hasNewerUnderway(run)) return 'newer-run';
  if (!(await state.claim(claimOf(run, clock.date())))) return 'claimed';
  const now = await workflowRuns.run(run.id);
  if (now.attempt !== run.attempt || !now.isCompleted) return 'run-in-progress';
  try {
    if (job === undefined) await workflowRuns.rerunFailedJobs(run);
    else await workflowRuns.rerunJob(job.id, run);
    return undefined;
  } catch (error) {
    if (!(error instanceof GitHubError) || (error.kind !== 'refused' && error.kind !== 'gone')) throw error;
    log.info({ code: 'rerun-refused', runId: run.id, reason: error.message });
    return 'refused';
  }
}
