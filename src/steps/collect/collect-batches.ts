import { batchUnreachable, resultsUnavailable, waitTimedOut } from '../../core/endings/ending.ts';
import { cancelAll, cancelableOf } from '../run/cancel.ts';
import type { CollectingRun } from '../run/run.ts';
import { type RunState, roundOfBatch, underway } from '../run/run-state.ts';
import type { StepResult } from '../run/step-result.ts';
import { type Download, download } from './download.ts';
import { type Waiting, waitForEnd } from './wait.ts';

/** The results of batches, on disk, by batch id. */
export type Downloads = ReadonlyMap<string, Download>;

/** How long canceled batches are waited for, in ms: requests that are being answered are finished first. By default the job ends. */
const CANCEL_WAIT_MS = 15 * 60_000;
const CANCEL_WAIT_OF_AUTO_MS = 3 * 60_000;
/** How long results that are not given are asked for once the time to wait is over, in ms: by default the job has five minutes. */
const RESULTS_PATIENCE_MS = 3 * 60_000;

/** Waits for batches and adds their results to those that are `known`. Ends the run where they cannot be had now. */
export async function collectBatches(
  run: CollectingRun,
  ids: readonly string[],
  known: Downloads = new Map(),
): Promise<StepResult<Downloads>> {
  const { ports, inputs, runState } = run;
  const underwayNow = () => underway(runState, ports.clock.now());
  const isResumed = inputs.batchIds.length === 0;
  const waiting = await waitOrCancel(run, ids);
  if (waiting.kind === 'blind') return { ok: false, outcome: batchUnreachable(underwayNow(), waiting, isResumed) };
  if (waiting.kind === 'running') return { ok: false, outcome: waitTimedOut(underwayNow(), inputs.onTimeout) };
  const untilMs = Math.max(run.deadline(runState.batches), ports.clock.now()) + RESULTS_PATIENCE_MS;
  const downloads = new Map(known);
  for (const [index, id] of ids.entries()) {
    const batch = runState.batches.find((one) => one.id === id);
    if (batch === undefined || downloads.has(id)) continue;
    const name = `.results-${roundOfBatch(runState, id)}-${index}.jsonl`;
    const fetched = await download(ports, batch, { folder: inputs.resultsPath, name, untilMs });
    if (!fetched.ok) return { ok: false, outcome: resultsUnavailable(underwayNow(), { id, said: fetched.reason }) };
    downloads.set(id, fetched.value);
  }
  return { ok: true, value: downloads };
}

/** Waits until the deadline, and where the input says so has the batches canceled then and waits for what they answered. */
async function waitOrCancel(run: CollectingRun, ids: readonly string[]): Promise<Waiting> {
  const { ports, inputs, runState } = run;
  const waiting = await waitForEnd(run, ids);
  if (!isTimeOver(waiting, runState) || inputs.onTimeout !== 'cancel') return waiting;
  ports.log.info({ code: 'timeout-canceling' });
  runState.timedOut = true;
  // Noted before it is done: whoever shares the batches, or finds them not ended, sends what they left undone.
  await runState.store?.markStopped(cancelableOf(run), 'left');
  await cancelAll(run);
  const until = ports.clock.now() + (inputs.waitMs === 'auto' ? CANCEL_WAIT_OF_AUTO_MS : CANCEL_WAIT_MS);
  return waitForEnd({ ...run, deadline: () => until }, ids);
}

/** Whether the time is over and a batch is known to run: next to it may be given ids that no look has found. */
function isTimeOver(waiting: Waiting, { batches }: RunState): boolean {
  if (waiting.kind === 'blind') return waiting.why === 'unseen' && batches.some(({ status }) => status !== 'ended');
  return waiting.kind === 'running';
}
