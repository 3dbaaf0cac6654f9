import { fingerprintOf } from '../../core/record/fingerprint.ts';
import { pickRecord } from '../../core/record/merge-records.ts';
import { parseRecord, parseRecords } from '../../core/record/parse-record.ts';
import {
  holdsAll,
  printRecord,
  type RecordBatch,
  type RecordShard,
  type SavedRecord,
} from '../../core/record/record.ts';
import { FEMTO_PER_MICRO, type Femto, roundToMicro } from '../../core/text/money.ts';
import type { RecordStore, ShardPlace } from '../run/record-store.ts';
import type { Run, SubmittingRun } from '../run/run.ts';
import { placeholderOf } from './placeholder.ts';

/**
 * Stores, under the digest of each sent shard of the first round, the record of these requests: correcting the
 * refused requests makes another set of requests with another record, which would pay for the equal shards again.
 */
export async function offerShards(run: SubmittingRun): Promise<void> {
  const { inputs, store } = run;
  if (inputs.resume === 'never') return;
  // A shard that was offered before may have been taken over and collected since: that note stays.
  const fresh = firstShards(store).filter(({ batch, shared }) => batch !== null && !shared);
  if (fresh.length === 0) return;
  await store.markShared(new Set(fresh.map(({ sha256 }) => sha256)));
  for (const shard of fresh) await leaveRecord(run, store, shard);
}

/**
 * Takes over the batches of equal shards from runs with other requests, if their submission is still open. Offers them
 * in turn in the name of these requests, so that they count once. Returns whether there was any.
 */
export async function takeOverShards(run: SubmittingRun, round: number): Promise<boolean> {
  const { ports, inputs, store } = run;
  const isFirst = round === 0 && store.record.finishedGenerations.length === 0;
  if (inputs.resume === 'never' || run.refusal !== undefined || !isFirst) return false;
  let isAny = false;
  for (const [index, wanted] of firstShards(store).entries()) {
    if (wanted.batch !== null || wanted.intent !== null) continue;
    const equal = await findOffered(run, wanted);
    if (equal === undefined) continue;
    await takeOver(run, { round, shard: index }, equal);
    ports.log.info({ code: 'shard-taken-over', id: placeholderOf(equal).id, count: wanted.count });
    isAny = true;
  }
  return isAny;
}

async function takeOver(run: SubmittingRun, place: ShardPlace, equal: RecordShard): Promise<void> {
  await run.store.recordBatch(place, placeholderOf(equal), 'shared');
  await leaveRecord(run, run.store, equal);
}

async function findOffered({ ports, inputs, store, context }: SubmittingRun, wanted: RecordShard) {
  const offered = (await ports.state.find(keyOf(inputs, wanted))).texts.flatMap((text) => parseRecord(text) ?? []);
  for (const { fingerprint } of offered) {
    if (fingerprint === store.record.fingerprint) continue;
    const { texts } = await ports.state.find(fingerprint);
    const record = pickRecord(parseRecords(texts, fingerprint), context.runId);
    const shard = record?.phase === 'open' ? findEqual(record, wanted) : undefined;
    if (shard !== undefined) return shard;
  }
  return undefined;
}

/** A shard with the same requests whose batch is proven to be its own and runs to its end. */
function findEqual({ rounds }: SavedRecord, { sha256, count }: RecordShard): RecordShard | undefined {
  return rounds[0]?.shards.find(
    (one) =>
      one.sha256 === sha256 && one.count === count && one.batch !== null && !one.batch.adopted && !one.batch.stopped,
  );
}

/**
 * The part of `costs` that runs with other requests have reported for batches that they share with these. Zero once these
 * requests have reported a sum, which includes it.
 */
export async function reportedElsewhere(
  run: Pick<Run, 'ports' | 'inputs'>,
  store: RecordStore,
  costs: ReadonlyMap<string, Femto>,
): Promise<Femto> {
  if (store.record.reportedUsd > 0n) return 0n;
  let sum = 0n;
  for (const shard of sharedShards(store))
    if (await isReportedElsewhere(run, store, shard)) sum += costs.get(shard.batch.id) ?? 0n;
  return roundToMicro(sum) * FEMTO_PER_MICRO;
}

/** Notes for runs with other requests that these have reported what the shared batches cost, unless another did before. */
export async function noteReported(run: Pick<Run, 'ports' | 'inputs'>, store: RecordStore): Promise<void> {
  for (const shard of sharedShards(store))
    if (!(await isReportedElsewhere(run, store, shard))) await leaveRecord(run, store, shard);
}

type SharedShard = RecordShard & { readonly batch: RecordBatch };

/** A shard without its batch shares nothing: its note would take the place of one about the batch that others share. */
function sharedShards(store: RecordStore): readonly SharedShard[] {
  return firstShards(store).filter((shard): shard is SharedShard => shard.shared && shard.batch !== null);
}

async function isReportedElsewhere(
  { ports, inputs }: Pick<Run, 'ports' | 'inputs'>,
  { record }: RecordStore,
  shard: SharedShard,
): Promise<boolean> {
  const { texts } = await ports.state.find(keyOf(inputs, shard));
  return texts
    .flatMap((text) => parseRecord(text) ?? [])
    .some(
      (other) =>
        other.fingerprint !== record.fingerprint &&
        (other.phase !== 'open' || other.reportedUsd > 0n) &&
        holdsAll(other, [shard.batch.id]),
    );
}

function firstShards({ record }: RecordStore): readonly RecordShard[] {
  return record.rounds[0]?.shards ?? [];
}

async function leaveRecord(
  { ports, inputs }: Pick<Run, 'ports' | 'inputs'>,
  { record }: RecordStore,
  shard: RecordShard,
): Promise<void> {
  await ports.state.save(keyOf(inputs, shard), printRecord(record), true);
}

function keyOf({ api }: Run['inputs'], { sha256 }: Pick<RecordShard, 'sha256'>): string {
  return fingerprintOf(api, `shard ${sha256}`);
}
