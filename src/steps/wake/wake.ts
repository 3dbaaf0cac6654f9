import type { LeftBecause } from '../../core/messages/waking.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { PauseNote } from '../../core/wake/pause-note.ts';
import { renderRound } from '../../core/wake/render-round.ts';
import { CALLS_OF_A_RUN, MAX_CALLS, orderRuns } from '../../core/wake/round.ts';
import { groupLeft, type Left, outputsOfRound, type Round, type Woken } from '../../core/wake/woken.ts';
import { ApiError } from '../../ports/api.ts';
import { GitHubError, type RunArtifact } from '../../ports/github.ts';
import { type BatchChecker, createBatchChecker } from './check-batches.ts';
import { findPaused, readNote } from './find-paused.ts';
import { wakeRun } from './wake-run.ts';
import type { Waker } from './waker.ts';

/**
 * One round: looks for paused jobs of this repository, asks the API which of their batches have ended, and runs those jobs again.
 * Reports what it did; returns whether it could do its work.
 */
export async function wake(waker: Waker): Promise<boolean> {
  const { log, runner, signal } = waker.ports;
  const woken: Woken[] = [];
  const left: Left[] = [];
  let failed = false;
  try {
    await goThrough(waker, { woken, left });
  } catch (error) {
    if (signal.aborted) log.warning({ code: 'waking-stopped' });
    else log.error({ code: 'waking-failed', ...explain(error) });
    failed = true;
  }
  const round: Round = { woken, left };
  for (const group of groupLeft(round)) log.info({ code: 'paused-left', ...group });
  for (const [name, value] of outputsOfRound(round)) runner.setOutput(name, value);
  try {
    await runner.writeSummary(`${renderRound(round, waker.context)}\n`);
  } catch (error) {
    log.warning({ code: 'job-summary-not-written', reason: describeCauses(error) });
  }
  return !failed;
}

/** Why the round ends early: an error that stands for all that would follow. Anything else is thrown on. */
function explain(error: unknown) {
  if (error instanceof ApiError) {
    const isRefused = error.status === 401 || error.status === 403;
    return { why: isRefused ? 'key' : 'api', reason: error.message } as const;
  }
  if (!(error instanceof GitHubError)) throw error;
  const { reason } = error;
  const isRerun = 'call' in reason && (reason.call.code === 'rerun-job' || reason.call.code === 'rerun-failed-jobs');
  return { why: isRerun ? 'rerun' : 'list', reason: error.message } as const;
}

/** Adds to what is woken and left as it goes, so that a round that ends early says how far it came. */
async function goThrough(
  waker: Waker,
  { woken, left }: { readonly woken: Woken[]; readonly left: Left[] },
): Promise<void> {
  const { ports, context } = waker;
  const found = await findPaused(waker);
  const runs = orderRuns(found, context.runNumber);
  ports.log.info({ code: 'paused-found', jobs: found.length, runs: runs.length });
  const batches = createBatchChecker(waker);
  for (const artifacts of runs) {
    ports.signal.throwIfAborted();
    const round = await takeRun(waker, artifacts, batches);
    woken.push(...round.woken);
    left.push(...round.left);
  }
  const outage = batches.outage();
  if (outage !== undefined) throw outage;
}

/** Reads the notes of one run and wakes what can be woken. */
async function takeRun(waker: Waker, artifacts: readonly RunArtifact[], batches: BatchChecker): Promise<Round> {
  const left: Left[] = [];
  const ended: PauseNote[] = [];
  const waiting: PauseNote[] = [];
  for (const artifact of artifacts) {
    const { runId } = artifact;
    const read = await attempt(waker, () => readNote(waker, artifact));
    if ('left' in read) {
      left.push({ runId, because: read.left });
      continue;
    }
    const because = await batches.refuse(read.note);
    if (because !== undefined) left.push({ runId, because });
    (because === undefined ? ended : waiting).push(read.note);
  }
  if (ended.length === 0) return { woken: [], left };
  const round = await attempt(waker, () => wakeRun(waker, ended, waiting));
  if (!isLeft(round)) return { woken: round.woken, left: [...left, ...round.left] };
  return { woken: [], left: [...left, ...ended.map(({ run_id }) => ({ runId: run_id, because: round.left }))] };
}

/** What cannot be done now leaves one run alone; only what no run could be woken with is thrown on. */
async function attempt<T>(
  { ports: { workflowRuns, log } }: Waker,
  work: () => Promise<T>,
): Promise<T | { readonly left: LeftBecause }> {
  if (workflowRuns.calls() + CALLS_OF_A_RUN > MAX_CALLS) return { left: 'not-checked' };
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitHubError) || ['forbidden', 'unauthenticated'].includes(error.kind)) throw error;
    if (error.reason.code === 'github-calls-used-up') return { left: 'not-checked' };
    log.info({ code: 'paused-run-not-read', reason: error.message });
    return { left: error.kind === 'gone' ? 'run-gone' : 'github-failed' };
  }
}

function isLeft(round: Round | { readonly left: LeftBecause }): round is { readonly left: LeftBecause } {
  return typeof round.left === 'string';
}
