import { failed, stopped } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { shardsOf } from '../../core/record/record.ts';
import { cancelAll, cancelableOf } from './cancel.ts';
import { partsOf } from './parts.ts';
import type { Run } from './run.ts';
import { underway } from './run-state.ts';

/**
 * The ending of a run that the runner stops. The record is already safe. If the input says so, asks the API to cancel
 * the batches, so that the next run collects the answers and sends the rest.
 */
export async function interrupt(run: Run): Promise<Outcome> {
  const { ports, runState } = run;
  const { store, judging } = runState;
  // For deleted batches only the artifact remains to continue with.
  const isDeleted = store?.record.phase === 'deleted' && runState.batches.length > 0 && store.holds(runState.batches);
  if (isDeleted && judging === undefined)
    return failed({ code: 'stopped-before-report', artifact: store.record.artifact?.name });
  const left: Left[] = [];
  for (const part of partsOf(run)) left.push(await leave(part));
  const isCancelRequested = left.some((one) => one.isCancelRequested);
  const isCreating = left.some((one) => one.isCreating);
  return stopped(underway(runState, ports.clock.now()), { isCancelRequested, isCreating });
}

type Left = Parameters<typeof stopped>[1];

/** Leaves the answers, or the judgements. */
async function leave(part: Run): Promise<Left> {
  const { inputs, runState } = part;
  const { store } = runState;
  const isWanted = inputs.onCancel === 'cancel';
  const cancelable = cancelableOf(part);
  // Recorded before the cancel: without a note, a person would seem to have stopped the batch.
  if (isWanted && cancelable.size > 0) await store?.markStopped(cancelable, 'left');
  const isCancelRequested = isWanted && (await cancelAll(part));
  const shards = store === undefined ? [] : shardsOf(store.record);
  const isCreating = shards.some(({ intent, batch }) => intent?.nonce === runState.nonce && batch === null);
  if (isCreating) await store?.keepIntent();
  return { isCancelRequested, isCreating };
}

/** The only catch of the signal: turns an aborted pipeline into the ending of an interrupted run. */
export async function untilInterrupted<T>(run: Run, work: () => Promise<T>): Promise<T | Outcome> {
  const { signal } = run.ports;
  try {
    return await work();
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return interrupt(run);
  }
}
