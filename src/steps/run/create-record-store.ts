import { joinBaselines } from '../../core/record/baselines.ts';
import { collectorOf } from '../../core/record/collector.ts';
import { isBegun, mergeRecords } from '../../core/record/merge-records.ts';
import { parseRecord, parseRecords } from '../../core/record/parse-record.ts';
import { UNKNOWN_SHA256 } from '../../core/record/proved-batches.ts';
import {
  addRun,
  batchesOf,
  holdsAll,
  MAX_RECORD_BYTES,
  printRecord,
  type RecordBatch,
  type RecordRun,
  type RecordShard,
  type SavedRecord,
} from '../../core/record/record.ts';
import { inWorkspace } from '../../core/record/whereabouts.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RecordStore, ShardPlace } from './record-store.ts';

/** `isWanted`: whether later runs are to find this record. `onSave` gets each text before it is saved. */
export function createRecordStore(options: {
  readonly ports: Pick<Ports, 'state' | 'clock' | 'log'>;
  readonly self: RecordRun;
  readonly readable: boolean;
  readonly record: SavedRecord;
  readonly isWanted?: boolean;
  readonly foreign?: string;
  readonly hidden?: RecordStore['hidden'];
  readonly onSave?: (text: string) => void;
}): RecordStore {
  const { ports, self, readable, isWanted = true, foreign = '', hidden, onSave } = options;
  const { fingerprint } = options.record;
  let { record } = options;
  let isStored = record.revision > 0;
  let isWarned = false;
  let seeing = readable;
  let isCached = false;

  async function save(change: Partial<SavedRecord>, isDurable = false): Promise<void> {
    const savedAt = new Date(ports.clock.date()).toISOString();
    const [revision, runs] = [record.revision + 1, addRun(record.runs, self)];
    record = { ...record, ...change, revision, savedAt, run: { ...record.run, ...self }, runs };
    const text = printRecord(record);
    onSave?.(text);
    // A record that the next run could not read would hide the one stored before it.
    const isReadable = parseRecord(text, fingerprint) !== undefined && Buffer.byteLength(text) <= MAX_RECORD_BYTES;
    const place = isReadable ? await ports.state.save(fingerprint, text, isDurable) : 'nowhere';
    isStored = place !== 'nowhere' && place !== 'hidden';
    isCached = place === 'cache' || place === 'both';
    if (isStored || isWarned) return;
    isWarned = true;
    ports.log.warning({ code: place === 'hidden' ? 'record-hidden' : 'record-not-saved' });
  }

  /** The rounds, with `change` applied to every shard. */
  function changeShards(change: (shard: RecordShard, place: ShardPlace) => RecordShard): Pick<SavedRecord, 'rounds'> {
    const rounds = record.rounds.map((one, round) => ({
      ...one,
      shards: one.shards.map((old, shard) => change(old, { round, shard })),
    }));
    return { rounds };
  }

  function changeShard(place: ShardPlace, change: (shard: RecordShard) => Partial<RecordShard>) {
    return changeShards((old, { round, shard }) =>
      round === place.round && shard === place.shard ? { ...old, ...change(old) } : old,
    );
  }

  return {
    get record() {
      return record;
    },
    self,
    readable,
    get seeing() {
      return seeing;
    },
    foreign,
    hidden,
    get isCached() {
      return isCached;
    },
    get findable() {
      return isStored && isWanted;
    },
    holds: (batches) =>
      holdsAll(
        record,
        batches.map(({ id }) => id),
      ),
    shard: ({ round, shard }) => record.rounds[round]?.shards[shard],

    async refresh() {
      const { texts, readable: seen } = await ports.state.find(fingerprint);
      seeing = seen;
      const records = parseRecords(texts, fingerprint);
      record = mergeRecords([record, ...records]) ?? record;
      return records;
    },
    heartbeat: () => save({}),
    switchTo(other) {
      record = { ...other, baselines: joinBaselines(record.baselines, other.baselines) };
    },
    replaceGeneration(by) {
      const replacedGenerations = [...record.replacedGenerations, record.generation];
      record = { ...record, generation: self.nonce, replacedGenerations, ...by };
    },
    async pinBaseline(baseline) {
      const baselines = joinBaselines([baseline], record.baselines);
      if (record.rounds.length > 0) await save({ baselines });
      else record = { ...record, baselines };
    },
    async pinReuse(reuse) {
      if (record.rounds.length > 0) await save({ reuse });
      else record = { ...record, reuse };
    },

    startRound(round, shards, reuse = record.reuse) {
      const begun = {
        shards: shards.map((one) => ({ ...one, intent: null, batch: null, rejected: [], shared: false })),
      };
      record = { ...record, phase: 'open', reuse, rounds: [...record.rounds.slice(0, round), begun] };
    },
    dropRound(round) {
      const begun = record.rounds[round];
      if (round === 0 || (begun !== undefined && isBegun(begun))) return false;
      record = { ...record, rounds: record.rounds.slice(0, round) };
      return true;
    },
    async recordIntent(place, newest) {
      const intent = { at: new Date(ports.clock.date()).toISOString(), newest, nonce: self.nonce };
      await save(changeShard(place, () => ({ intent })));
      return intent;
    },
    keepIntent: () => save({}, true),
    clearIntent: (place) => save(changeShard(place, () => ({ intent: null }))),
    recordBatch(place, { id, createdAt, workspaceId }, how) {
      const batch = inWorkspace({ id, createdAt, adopted: how === 'adopted', stopped: null }, workspaceId);
      return save(
        changeShard(place, () => ({ batch, shared: how === 'shared' })),
        true,
      );
    },
    noteWorkspaces(batches) {
      const named = new Map(batches.map(({ id, workspaceId }) => [id, workspaceId]));
      const isNews = ({ id, workspaceId }: RecordBatch): boolean =>
        workspaceId === undefined && named.get(id) !== undefined;
      if (!batchesOf(record).some(isNews)) return;
      const rounds = changeShards((shard) =>
        shard.batch === null ? shard : { ...shard, batch: inWorkspace(shard.batch, named.get(shard.batch.id)) },
      );
      record = { ...record, ...rounds };
    },
    markShared: (sha256s) =>
      save(
        changeShards((shard, { round }) =>
          round === 0 && sha256s.has(shard.sha256) ? { ...shard, shared: true } : shard,
        ),
      ),
    confirmBatch: (place) =>
      save(changeShard(place, ({ batch }) => ({ batch: batch && { ...batch, adopted: false } }))),
    rejectBatch: (place) =>
      save(
        changeShard(place, ({ batch, rejected }) => ({
          batch: null,
          shared: false,
          rejected: batch === null ? rejected : [...rejected, batch.id],
        })),
      ),
    takeGiven({ id, createdAt, workspaceId }) {
      const batch = inWorkspace({ id, createdAt, adopted: false, stopped: null }, workspaceId);
      const count = record.requestCount;
      const shard = { count, sha256: UNKNOWN_SHA256, intent: null, batch, rejected: [], shared: false };
      record = { ...record, rounds: [{ shards: [shard] }] };
    },

    async noteJudge(judge) {
      const phase = record.phase === 'collected' ? 'open' : record.phase;
      if (record.judge?.fingerprint !== judge.fingerprint || phase !== record.phase)
        await save({ judge, phase, collectedBy: collectorOf(record) });
    },
    markStopped: (ids, why) =>
      save(
        changeShards((shard) =>
          shard.batch !== null && ids.has(shard.batch.id)
            ? { ...shard, batch: { ...shard.batch, stopped: why } }
            : shard,
        ),
      ),
    markCollected(end) {
      const isWhole = end.phase === 'collected' || end.phase === 'deleted';
      const collectedBy = collectorOf(record) ?? (isWhole ? self.id : undefined);
      return save({ ...end, collectedBy }, true);
    },
    markDeleted: () => save({ phase: 'deleted' }, true),
  };
}
