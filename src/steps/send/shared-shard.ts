import { fingerprintOf } from '../../core/record/fingerprint.ts';
import { pickRecord } from '../../core/record/merge-records.ts';
import { parseRecord, parseRecords } from '../../core/record/parse-record.ts';
import { printRecord, type RecordShard, type SavedRecord } from '../../core/record/record.ts';
import type { Batch } from '../../ports/api.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import type { ShardPlace } from '../run/record-store.ts';
import type { SubmittingRun } from '../run/run.ts';
import { placeholderOf } from './placeholder.ts';

/**
 * Stores, under the digest of each sent shard of the first round, the record of these requests: correcting the
 * refused requests makes another set of requests with another record, which would pay for the equal shards again.
 */
export async function offerShards({ ports, inputs, store }: SubmittingRun): Promise<void> {
  if (inputs.resume === 'never') return;
  for (const { sha256, batch } of store.record.rounds[0]?.shards ?? []) {
    if (batch === null) continue;
    await ports.state.save(keyOf(inputs, sha256), printRecord(store.record), true);
  }
}

/**
 * Takes over the batch of an equal shard that a run with other requests sent, if that run's submission is still open. Undefined
 * without one. Offers it on in the name of these requests, so that it counts once.
 */
export async function takeOverShard(run: SubmittingRun, place: ShardPlace): Promise<Batch | undefined> {
  const { ports, inputs, store } = run;
  const wanted = store.shard(place);
  const isFirst = place.round === 0 && store.record.finishedGenerations.length === 0;
  if (inputs.resume === 'never' || run.refusal !== undefined || !isFirst) return undefined;
  if (wanted === undefined || wanted.intent !== null) return undefined;
  const offered = (await ports.state.find(keyOf(inputs, wanted.sha256))).texts.flatMap(
    (text) => parseRecord(text) ?? [],
  );
  for (const { fingerprint } of offered) {
    if (fingerprint === store.record.fingerprint) continue;
    const { texts } = await ports.state.find(fingerprint);
    const record = pickRecord(parseRecords(texts, fingerprint), run.context.runId);
    const shard = record?.phase === 'open' ? findEqual(record, wanted) : undefined;
    if (shard === undefined) continue;
    const batch = placeholderOf(shard);
    await store.recordBatch(place, batch, 'created');
    await ports.state.save(keyOf(inputs, wanted.sha256), printRecord(store.record), true);
    ports.log.info({ code: 'shard-taken-over', id: batch.id, count: wanted.count });
    reportBatchCreated(run, batch, 'joined');
    return batch;
  }
  return undefined;
}

/** A shard with the same requests, whose batch is proved to be its own and runs to its end. */
function findEqual({ rounds }: SavedRecord, { sha256, count }: RecordShard): RecordShard | undefined {
  return rounds[0]?.shards.find(
    (one) =>
      one.sha256 === sha256 && one.count === count && one.batch !== null && !one.batch.adopted && !one.batch.stopped,
  );
}

function keyOf({ api }: SubmittingRun['inputs'], sha256: string): string {
  return fingerprintOf(api, `shard ${sha256}`);
}
