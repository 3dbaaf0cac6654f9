import { batchUnreachable, resultsShort, resultsUnavailable, waitTimedOut } from '../../core/endings/ending.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { sizeOf } from '../../core/polling/size.ts';
import { shardsOf } from '../../core/record/record.ts';
import { whereaboutsOf } from '../../core/record/whereabouts.ts';
import { isFinal, type ShortList, shortListKey } from '../../core/results/short-list.ts';
import type { Batch } from '../../ports/api.ts';
import { cancelAll, cancelableOf } from '../run/cancel.ts';
import type { CollectingRun } from '../run/run.ts';
import { type RunState, roundOfBatch, underway } from '../run/run-state.ts';
import { folderOf } from '../run/step-folder.ts';
import type { StepResult } from '../run/step-result.ts';
import { type Download, download, type Wanted } from './download.ts';
import { type Waiting, waitForEnd } from './wait.ts';

/** The results of batches, on disk, by batch id. What an earlier run had paid for has a name of its own, `reusedKey`. */
export type Downloads = ReadonlyMap<string, Download>;

/** A batch of this run may also be one of an earlier run, so both need a name. No ID has a space. */
export function reusedKey(id: string): string {
  return `reused ${id}`;
}

/** How long to wait for canceled batches, in ms: the API finishes requests it is answering. By default the job ends. */
const CANCEL_WAIT_MS = 15 * 60_000;
const CANCEL_WAIT_OF_AUTO_MS = 3 * 60_000;
/** How long to retry failing downloads after the waiting time, in ms: by default the job has five minutes left. */
export const RESULTS_PATIENCE_MS = 3 * 60_000;

/** Waits for batches and adds their results to the `known` ones. Ends the run where they are not available now. */
export async function collectBatches(
  run: CollectingRun & { readonly requests?: RequestSet },
  ids: readonly string[],
  known: Downloads = new Map(),
): Promise<StepResult<Downloads>> {
  const { ports, inputs, runState } = run;
  const underwayNow = () => underway(runState, ports.clock.now());
  const isResumed = inputs.batchIds.length === 0;
  const waiting = await waitOrCancel(run, ids);
  if (waiting.kind === 'blind') {
    const whereabouts = whereaboutsOf(waiting.id, runState.store?.record, waiting);
    return { ok: false, outcome: batchUnreachable(underwayNow(), { ...waiting, ...whereabouts }, isResumed) };
  }
  if (waiting.kind === 'running') return { ok: false, outcome: waitTimedOut(underwayNow(), howTimedOut(run)) };
  const untilMs = Math.max(run.deadline(runState.batches), ports.clock.now()) + RESULTS_PATIENCE_MS;
  const downloads = new Map(known);
  for (const [index, id] of ids.entries()) {
    const batch = runState.batches.find((one) => one.id === id);
    if (batch === undefined || downloads.has(id)) continue;
    const name = `.results-${roundOfBatch(runState, id)}-${index}.jsonl`;
    const wanted = wantedOf(run, batch);
    const fetched = await download(ports, batch, { folder: folderOf(run), name, untilMs, wanted });
    if (fetched.ok) downloads.set(id, fetched.value);
    else if (fetched.short === undefined)
      return { ok: false, outcome: resultsUnavailable(underwayNow(), { id, reason: fetched.reason }) };
    else if (await isBelieved(run, batch, fetched.short)) downloads.set(id, fetched.short.download);
    else {
      await ports.files.remove(fetched.short.download.path);
      return { ok: false, outcome: resultsShort(underwayNow(), { id, ...fetched.short, isResumed }) };
    }
  }
  return { ok: true, value: downloads };
}

/**
 * What the results of a batch should hold: for a batch of the record the requests that were sent in it, else as many as
 * the API counts. An adopted batch may turn out to hold others.
 */
export function wantedOf(
  { requests, runState, inputs }: CollectingRun & { readonly requests?: RequestSet },
  batch: Batch,
): Wanted {
  const { store } = runState;
  const ids = requests?.ids;
  const shard = store && shardsOf(store.record).find((one) => one.batch?.id === batch.id);
  if (shard === undefined || inputs.batchIds.length > 0) return { count: sizeOf(batch), ids, anyId: true };
  return { count: shard.count, ids, anyId: ids === undefined || shard.batch?.adopted !== false };
}

/** Whether a short list is all that will come. Saves its digest for a later run to compare with; if that fails, only the time since the end counts. */
async function isBelieved({ ports }: CollectingRun, batch: Batch, short: ShortList): Promise<boolean> {
  const key = shortListKey(batch.id);
  const earlier = (await ports.state.find(key)).texts;
  const isLeft =
    earlier.includes(short.digest) || !['nowhere', 'hidden'].includes(await ports.state.save(key, short.digest, false));
  const { endedAt } = batch;
  return isFinal(short, { endedAt, nowMs: ports.clock.date(), earlier: isLeft ? earlier : [short.digest] });
}

/** Waits until the deadline. If the input says so, then cancels the batches and waits for their answers. */
async function waitOrCancel(run: CollectingRun, ids: readonly string[]): Promise<Waiting> {
  const { ports, inputs, runState } = run;
  const waiting = await waitForEnd(run, ids);
  if (!isTimeOver(waiting, runState) || inputs.onTimeout !== 'cancel') return waiting;
  const cancelable = cancelableOf(run);
  if (cancelable.size > 0) {
    ports.log.info({ code: 'timeout-canceling' });
    runState.timedOut = true;
    // Recorded before the cancel: a run that shares the batches, or finds them running, sends what they leave undone.
    await runState.store?.markStopped(cancelable, 'left');
  }
  await cancelAll(run);
  if (cancelable.size === 0) return waiting;
  const until = ports.clock.now() + (inputs.waitMs === 'auto' ? CANCEL_WAIT_OF_AUTO_MS : CANCEL_WAIT_MS);
  return waitForEnd({ ...run, deadline: () => until }, ids);
}

function howTimedOut({ inputs, runState }: CollectingRun): Parameters<typeof waitTimedOut>[1] {
  return inputs.onTimeout === 'cancel' && !runState.timedOut ? 'cancel-skipped' : inputs.onTimeout;
}

/** Whether the time is over and a batch is known to be running: the others may be given IDs that were never found. */
function isTimeOver(waiting: Waiting, { batches }: RunState): boolean {
  if (waiting.kind === 'blind') return waiting.why === 'unseen' && batches.some(({ status }) => status !== 'ended');
  return waiting.kind === 'running';
}
