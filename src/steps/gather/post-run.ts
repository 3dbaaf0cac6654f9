import { failed } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import { interrupt } from '../run/interrupt.ts';
import type { Task } from '../run/job.ts';
import { loadOwnRecord } from '../run/load-record.ts';
import type { RecordStore } from '../run/record-store.ts';
import { noteBatches, noteSource } from '../run/trail.ts';
import { findLostBatch } from '../send/find-lost-batch.ts';
import { placeholderOf } from '../send/round.ts';

/**
 * What a main step that was killed left to do, by the record it wrote: looks for the batch of a create whose answer it did not
 * see, and where that is wanted has the batches canceled. Undefined where nothing was begun.
 */
export async function postRun(task: Task, fingerprint: string): Promise<Outcome | undefined> {
  const { world, trail } = task;
  const store = await loadOwnRecord(task, fingerprint);
  if (store === undefined) return undefined;
  const { phase, requestCount, artifact } = store.record;
  if (phase !== 'open') return failed({ code: 'stopped-before-report', artifact: artifact?.name });
  trail.requestCount = requestCount;
  noteSaved(task, store);
  for (const [round, { shards }] of store.record.rounds.entries()) {
    for (const [shard, { intent, batch }] of shards.entries()) {
      if (batch !== null || intent?.nonce !== trail.nonce) continue;
      await findLostBatch({ world, store }, { round, shard }, Date.parse(intent.at));
    }
  }
  noteSaved(task, store);
  for (const batch of trail.batches) noteBatches(trail, [await checkOnce(task, batch)]);
  return interrupt(task);
}

/** Notes the batches of the record that are not known yet. */
function noteSaved({ trail }: Task, { record }: RecordStore): void {
  const known = new Set(trail.batches.map(({ id }) => id));
  const shards = record.rounds.flatMap((round) => round.shards);
  for (const shard of shards) {
    if (shard.batch === null || known.has(shard.batch.id)) continue;
    noteBatches(trail, [placeholderOf(shard)]);
    noteSource(trail, 'submitted');
  }
}

async function checkOnce({ world }: Task, batch: Batch): Promise<Batch> {
  try {
    return (await world.api.retrieve(batch.id)).batch;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return batch;
  }
}
