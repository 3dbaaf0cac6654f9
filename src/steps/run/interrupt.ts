import { failed, stopped } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { cancelAll, cancelableOf } from './cancel.ts';
import type { Run } from './run.ts';
import { underway } from './run-state.ts';

/**
 * The ending of a run that the runner ends: the record is safe already, and where that is wanted the API is asked to cancel
 * the batches, so that the next run collects what they have answered and sends the rest.
 */
export async function interrupt(run: Run): Promise<Outcome> {
  const { ports, inputs, runState } = run;
  const { store } = runState;
  // Of batches that are deleted only the artifact is left to go on with.
  if (store?.record.phase === 'deleted' && runState.batches.length > 0 && store.holds(runState.batches))
    return failed({ code: 'stopped-before-report', artifact: store.record.artifact?.name });
  const isWanted = inputs.onCancel === 'cancel';
  const cancelable = cancelableOf(run);
  // Noted before it is done: a batch that was stopped without a note would pass for one that a person has stopped.
  if (isWanted && cancelable.size > 0) await store?.markStopped(cancelable, 'left');
  const isCancelRequested = isWanted && (await cancelAll(run));
  const shards = store?.record.rounds.flatMap((round) => round.shards) ?? [];
  const isCreating = shards.some(({ intent, batch }) => intent?.nonce === runState.nonce && batch === null);
  return stopped(underway(runState, ports.clock.now()), { isCancelRequested, isCreating });
}

/** The one place that catches the signal: a story that it ended becomes the ending of an interrupted run. */
export async function untilInterrupted<T>(run: Run, story: () => Promise<T>): Promise<T | Outcome> {
  const { signal } = run.ports;
  try {
    return await story();
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return interrupt(run);
  }
}
