import type { LeftBecause } from '../../core/messages/waking.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { refuseListed } from '../../core/wake/decide.ts';
import type { PauseNote } from '../../core/wake/pause-note.ts';
import { renderRound } from '../../core/wake/render-round.ts';
import { CALLS_OF_A_RUN, MAX_CALLS, MAX_NOTES, orderRuns } from '../../core/wake/round.ts';
import { groupLeft, type Left, outputsOfRound, type Round, type Woken } from '../../core/wake/woken.ts';
import { ApiError } from '../../ports/api.ts';
import { GitHubError, type RunArtifact } from '../../ports/github.ts';
import { type BatchChecker, createBatchChecker } from './check-batches.ts';
import { findPaused, notesOfRun, readNote } from './find-paused.ts';
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

/** Why the round ends early: an error that all further calls would meet too. Rethrows anything else. */
function explain(error: unknown) {
  if (error instanceof ApiError) {
    const isRefused = error.status === 401 || error.status === 403;
    return { why: isRefused ? 'key' : 'api', reason: error.message } as const;
  }
  if (!(error instanceof GitHubError)) throw error;
  const { reason } = error;
  const isRerun =
    'call' in reason &&
    (reason.call.code === 'rerun-job' ||
      reason.call.code === 'rerun-failed-jobs' ||
      reason.call.code === 'rerun-all-jobs');
  return { why: isRerun ? 'rerun' : 'list', reason: error.message } as const;
}

/** Adds to the lists of woken and left jobs as it goes, so that a round that ends early still reports how far it got. */
async function goThrough(
  waker: Waker,
  { woken, left }: { readonly woken: Woken[]; readonly left: Left[] },
): Promise<void> {
  const { ports, context } = waker;
  const found = await findPaused(waker);
  const runs = orderRuns(found, context.runNumber);
  ports.log.info({ code: 'paused-found', jobs: found.length, runs: runs.length });
  const batches = createBatchChecker(waker);
  const busy = new Set<string>();
  for (const artifacts of runs) {
    ports.signal.throwIfAborted();
    const round = await takeRun(waker, artifacts, { batches, busy });
    woken.push(...round.woken);
    left.push(...round.left);
  }
  const outage = batches.outage();
  if (outage !== undefined) throw outage;
}

/** A batch of one job keeps the other jobs of its run waiting too, so that GitHub can then re-run all of them in one go. */
const HOLDS_RUN: ReadonlySet<LeftBecause> = new Set<LeftBecause>(['running', 'api-failed', 'not-checked']);

/** Reads the notes of one run and wakes what can be woken once all their batches have ended. `busy`: as in `wakeRun`. */
async function takeRun(
  waker: Waker,
  found: readonly RunArtifact[],
  { batches, busy }: { readonly batches: BatchChecker; readonly busy: Set<string> },
): Promise<Round> {
  const runId = found[0]?.runId ?? 0;
  const leave = (some: readonly unknown[], because: LeftBecause): Left[] => some.map(() => ({ runId, because }));
  const listed = await attempt(waker, async () => ({ artifacts: await notesOfRun(waker, found) }));
  if ('left' in listed) return { woken: [], left: leave(found, listed.left) };
  const left: Left[] = [];
  const fit: RunArtifact[] = [];
  for (const artifact of listed.artifacts) {
    const refused = refuseListed(artifact, waker.ports.clock.date());
    if (refused === undefined) fit.push(artifact);
    else left.push({ runId, because: refused });
  }

  const ended: PauseNote[] = [];
  const [now, later] = [fit.slice(0, MAX_NOTES), fit.slice(MAX_NOTES)];
  for (const [i, artifact] of now.entries()) {
    const read = await attempt(waker, () => readNote(waker, artifact));
    const because = 'left' in read ? read.left : await batches.refuse(read.note);
    if (because !== undefined && HOLDS_RUN.has(because))
      return { woken: [], left: [...left, ...leave([...ended, ...fit.slice(i)], because)] };
    if (because !== undefined) left.push({ runId, because });
    else if ('note' in read) ended.push(read.note);
  }
  left.push(...leave(later, 'not-checked'));
  if (ended.length === 0) return { woken: [], left };
  const round = await attempt(waker, () => wakeRun(waker, ended, busy));
  if (isLeft(round)) return { woken: [], left: [...left, ...leave(ended, round.left)] };
  return { woken: round.woken, left: [...left, ...round.left] };
}

/** If something fails now, skips this run. Rethrows only errors with which no run could be woken. */
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
