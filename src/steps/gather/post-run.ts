import { failed } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { shardsOf } from '../../core/record/record.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import { interrupt } from '../run/interrupt.ts';
import { type LeftState, loadOwnRecord } from '../run/load-record.ts';
import type { RecordStore } from '../run/record-store.ts';
import type { Run } from '../run/run.ts';
import { noteBatches, noteSource } from '../run/run-state.ts';
import { findLostBatch } from '../send/find-lost-batch.ts';
import { placeholderOf } from '../send/placeholder.ts';

/**
 * Finishes a killed main step by its record: looks for the batch of a create without an answer and, if the input says
 * so, cancels the batches. Undefined where nothing was begun.
 */
export async function postRun(run: Run, left: LeftState): Promise<Outcome | undefined> {
  const { ports, inputs, runState } = run;
  runState.folderMark = await ports.files.markOf(inputs.resultsPath);
  const store = await loadOwnRecord(run, left);
  if (store === undefined) return undefined;
  const { phase, requestCount, artifact } = store.record;
  if (phase !== 'open') return failed({ code: 'stopped-before-report', artifact: artifact?.name });
  runState.requestCount = requestCount;
  noteSaved(run, store);
  for (const [round, { shards }] of store.record.rounds.entries()) {
    for (const [shard, { intent, batch }] of shards.entries()) {
      if (batch !== null || intent?.nonce !== runState.nonce) continue;
      await findLostBatch({ ports, store }, { round, shard }, Date.parse(intent.at));
    }
  }
  noteSaved(run, store);
  for (const batch of runState.batches) noteBatches(runState, [await checkOnce(run, batch)]);
  return interrupt(run);
}

/** Adds the batches of the record that the run state does not know yet. */
function noteSaved({ runState }: Run, { record }: RecordStore): void {
  const known = new Set(runState.batches.map(({ id }) => id));
  for (const shard of shardsOf(record)) {
    if (shard.batch === null || known.has(shard.batch.id)) continue;
    noteBatches(runState, [placeholderOf(shard)]);
    noteSource(runState, 'submitted');
  }
}

async function checkOnce({ ports }: Run, batch: Batch): Promise<Batch> {
  try {
    return (await ports.api.retrieve(batch.id)).batch;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return batch;
  }
}
