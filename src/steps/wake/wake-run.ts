import type { LeftBecause } from '../../core/messages/waking.ts';
import { chooseRerun, type Ready, type Rerun } from '../../core/wake/choose-rerun.ts';
import { type Found, findJob, findOnlyJob, refuseRun } from '../../core/wake/decide.ts';
import type { PauseNote } from '../../core/wake/pause-note.ts';
import { claimOf, groupOf } from '../../core/wake/round.ts';
import type { Left, Round, Woken } from '../../core/wake/woken.ts';
import { GitHubError, type RunJob, type WorkflowRun } from '../../ports/github.ts';
import type { Waker } from './waker.ts';

/**
 * Re-runs the paused jobs of a run: those of `notes`, whose batches have ended. If GitHub cannot re-run just these in one go, re-runs one
 * of them, and the others wait for a later round. Throws GitHubError, `forbidden` if the token may not re-run jobs. `busy`: groups of runs
 * of which this round has re-run one; this one is added.
 */
export async function wakeRun(waker: Waker, notes: readonly PauseNote[], busy: Set<string>): Promise<Round> {
  const { ports } = waker;
  const runId = notes[0]?.run_id ?? 0;
  const all = (because: LeftBecause, of: readonly unknown[] = notes): Left[] => of.map(() => ({ runId, because }));
  const run = await ports.workflowRuns.run(runId);
  const group = groupOf(run);
  const refused = refuseRun(run, ports.clock.date()) ?? (busy.has(group) ? 'branch-busy' : undefined);
  if (refused !== undefined) return { woken: [], left: all(refused) };

  const executions = await executionsOf(waker, run, notes);
  const ready: Ready[] = [];
  const left: Left[] = [];
  for (const note of notes) {
    const found = jobOf(note, run, executions);
    if ('left' in found) left.push({ runId, because: found.left });
    else ready.push({ note, job: found.job });
  }
  const rerun = chooseRerun(ready, executions);
  for (const one of ready.filter((each) => rerun?.of.includes(each) !== true))
    left.push({ runId, because: one.job === undefined ? 'job-unknown' : 'one-at-a-time' });
  if (rerun === undefined) return { woken: [], left };

  const failed = await tryRerun(waker, { run, group }, rerun);
  if (failed !== undefined) return { woken: [], left: [...left, ...all(failed, rerun.of)] };
  busy.add(group);
  const names = rerun.of.map(({ note }) => note.name);
  ports.log.info({ code: 'paused-woken', runId, what: rerun.what, job: rerun.job?.name, names });
  const woken = rerun.of.map(({ note, job }): Woken => {
    const batch_ids = [...note.batch_ids, ...(note.judge_batch_ids ?? [])];
    return { run_id: runId, job_id: job?.id ?? null, name: note.name, batch_ids };
  });
  return { woken, left };
}

/** Executions that identify the jobs of the notes: all of the run, or only the noted one if that is enough. Undefined if there are too many. */
async function executionsOf(
  { ports: { workflowRuns } }: Waker,
  run: WorkflowRun,
  [first, ...others]: readonly PauseNote[],
): Promise<readonly RunJob[] | undefined> {
  const isAlone = first?.attempt === run.attempt && others.every(({ job }) => job.id === first.job.id);
  return isAlone && first.job.id !== null ? [await workflowRuns.job(first.job.id)] : workflowRuns.jobs(run.id);
}

function jobOf(note: PauseNote, run: WorkflowRun, executions: readonly RunJob[] | undefined): Found {
  if (note.attempt > run.attempt) return { left: 'other-run' };
  if (executions === undefined) return { left: 'job-unknown' };
  if (note.job.id === null) return findOnlyJob(note, run, executions);
  // No later execution can be meant, so even jobs with the same name are told apart.
  const isNewest = note.attempt === run.attempt;
  return findJob(note, run, isNewest ? executions.filter(({ id }) => id === note.job.id) : executions);
}

/** Re-runs jobs, unless another step does. Resolves to why it did not. */
async function tryRerun(
  { ports }: Waker,
  { run, group }: { readonly run: WorkflowRun; readonly group: string },
  { what, job }: Rerun,
): Promise<LeftBecause | undefined> {
  const { state, workflowRuns, clock, log } = ports;
  // With the usual concurrency group, the one would cancel the other.
  if (await workflowRuns.hasOtherUnderway(run)) return 'branch-busy';
  if (!(await state.claim(claimOf(group, clock.date())))) return 'claimed';
  const now = await workflowRuns.run(run.id);
  if (now.attempt !== run.attempt || !now.isCompleted) return 'run-in-progress';
  try {
    if (job !== undefined) await workflowRuns.rerunJob(job.id, run);
    else if (what === 'failed-jobs') await workflowRuns.rerunFailedJobs(run);
    else await workflowRuns.rerunAllJobs(run);
    return undefined;
  } catch (error) {
    if (!(error instanceof GitHubError) || (error.kind !== 'refused' && error.kind !== 'gone')) throw error;
    log.info({ code: 'rerun-refused', runId: run.id, reason: error.message });
    return 'refused';
  }
}
