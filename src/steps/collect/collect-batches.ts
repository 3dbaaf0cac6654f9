import { batchUnreachable, resultsUnavailable, waitTimedOut } from '../../core/endings/ending.ts';
import { cancelAll, cancelableOf } from '../run/cancel.ts';
import type { CollectingRun } from '../run/run.ts';
import { type RunState, roundOfBatch, underway } from '../run/run-state.ts';
import type { StepResult } from '../run/step-result.ts';
import { type Download, download } from './download.ts';
import { type Waiting, waitForEnd } from './wait.ts';

/** The results of batches, on disk, by batch id. */
export type Downloads = ReadonlyMap<string, Download>;

/** How long to wait for canceled batches, in ms: the API finishes requests it is answering. By default the job ends. */
const CANCEL_WAIT_MS = 15 * 60_000;
const CANCEL_WAIT_OF_AUTO_MS = 3 * 60_000;
/** How long to retry failing downloads after the waiting time, in ms: by default the job has five minutes left. */
const RESULTS_PATIENCE_MS = 3 * 60_000;

/** Waits for batches and adds their results to the `known` ones. Ends the run where they are not available now. */
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
    if (!fetched.ok) return { ok: false, outcome: resultsUnavailable(underwayNow(), { id, reason: fetched.reason }) };
    downloads.set(id, fetched.value);
  }
  return { ok: true, value: downloads };
}

/** Waits until the deadline. If the input says so, then cancels the batches and waits for their answers. */
async function waitOrCancel(run: CollectingRun, ids: readonly string[]): Promise<Waiting> {
  const { ports, inputs, runState } = run;
  const waiting = await waitForEnd(run, ids);
  if (!isTimeOver(waiting, runState) || inputs.onTimeout !== 'cancel') return waiting;
  ports.log.info({ code: 'timeout-canceling' });
  runState.timedOut = true;
  // Recorded before the cancel: a run that shares the batches, or finds them running, sends what they leave undone.
  await runState.store?.markStopped(cancelableOf(run), 'left');
  await cancelAll(run);
  const until = ports.clock.now() + (inputs.waitMs === 'auto' ? CANCEL_WAIT_OF_AUTO_MS : CANCEL_WAIT_MS);
  return waitForEnd({ ...run, deadline: () => until }, ids);
}

/** Whether the time is over and a batch is known to run: others may be given ids that were never found. */
function isTimeOver(waiting: Waiting, { batches }: RunState): boolean {
  if (waiting.kind === 'blind') return waiting.why === 'unseen' && batches.some(({ status }) => status !== 'ended');
  return waiting.kind === 'running';
}
