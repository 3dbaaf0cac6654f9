import type { Failed, Rejected } from '../../core/endings/outcome.ts';
import { batchesOf } from '../../core/record/record.ts';
import type { Shard } from '../../core/requests/shards.ts';
import type { Batch } from '../../ports/api.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import { originOf } from '../run/load-record.ts';
import type { ShardPlace } from '../run/record-store.ts';
import type { SubmittingRun } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';
import { openBody } from './body.ts';
import { createBatch } from './create-batch.ts';
import { findLostBatch } from './find-lost-batch.ts';

/** Gives a shard its batch: the one of an earlier create that broke off, or a new one. */
export async function ensureBatch(
  run: SubmittingRun,
  place: ShardPlace,
  positions: Shard,
): Promise<StepResult<Batch, Rejected | Failed>> {
  const { ports, store } = run;
  const intent = store.shard(place)?.intent;
  if (intent != null) {
    const found = await findLostBatch(run, place, Date.parse(intent.at));
    if (!found.ok) return found;
    if (found.value !== undefined) {
      reportBatchCreated(run, found.value, 'joined');
      return { ok: true, value: found.value };
    }
    ports.log.info({ code: 'lost-batch-absent' });
    // If that run is alive and sends after all, both must be named and counted apart.
    if (batchesOf(store.record).length === 0 && intent.nonce !== store.self.nonce)
      store.replaceGeneration({ submittedSha: run.context.sha, origin: originOf(run) });
  }
  if (run.refusal !== undefined && batchesOf(store.record).length === 0) return { ok: false, outcome: run.refusal };
  const body = openBody(ports.files, { requests: run.requests, shard: positions });
  try {
    const made = await createBatch(run, place, body);
    if (!made.ok) return made;
    const { id } = made.value;
    ports.log.info({ code: 'batch-sent', id, count: positions.length, bytes: body.bytes, round: place.round });
    reportBatchCreated(run, made.value, 'submitted');
    return made;
  } finally {
    body.close();
  }
}
