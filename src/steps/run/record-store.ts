import { isBegun, mergeRecords } from '../../core/record/merge-records.ts';
import { parseRecords } from '../../core/record/parse-record.ts';
import {
  addRun,
  holdsAll,
  type Intent,
  printRecord,
  type RecordBatch,
  type RecordRun,
  type RecordShard,
  type SavedRecord,
} from '../../core/record/record.ts';
import type { Batch } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';

/** Position of a shard in the record. */
export interface ShardPlace {
  readonly round: number;
  readonly shard: number;
}

/**
 * The record of this run's requests, and the only way to read and change it. A method that returns a promise saves: in
 * the cache, and as an artifact if a later run must find it. Warns once if a save reaches neither.
 */
export interface RecordStore {
  readonly record: SavedRecord;
  readonly self: RecordRun;
  /** False if neither cache nor artifacts could be read: earlier runs are then unknown. */
  readonly readable: boolean;
  /** Whether a later run finds this record: it is stored somewhere and wanted. */
  readonly findable: boolean;
  /** Whether the record names all these batches. */
  holds(batches: readonly { readonly id: string }[]): boolean;
  shard(place: ShardPlace): RecordShard | undefined;

  /** Reads the stored records and merges what other runs added to this generation. Returns them, newest first. */
  refresh(): Promise<readonly SavedRecord[]>;
  /** Records for other runs that this one takes part. */
  heartbeat(): Promise<void>;
  /** Continues what another run submits. */
  switchTo(other: SavedRecord): void;
  /** Begins another generation of the record, made by this commit, which replaces one without a batch. */
  replaceGeneration(sha: string): void;

  /** Begins a round, which is saved with the first intent. */
  startRound(round: number, shards: readonly Pick<RecordShard, 'count' | 'sha256'>[]): void;
  /** Removes a further round that sent nothing, so that the results before it count. Returns whether it was one. */
  dropRound(round: number): boolean;
  /** Records that a create begins now, and the newest batch before it. */
  recordIntent(place: ShardPlace, newest: Intent['newest']): Promise<Intent>;
  /** Records that the create certainly made no batch. */
  clearIntent(place: ShardPlace): Promise<void>;
  /** Records the batch of a shard, `created` by this run or `adopted` after a create that broke off. */
  recordBatch(place: ShardPlace, batch: Batch, how: 'created' | 'adopted'): Promise<void>;
  /** Records that the results of an adopted batch showed that it is ours. */
  confirmBatch(place: ShardPlace): Promise<void>;
  /** Records that an adopted batch holds other requests. Keeps its intent: the right batch is still to be found. */
  rejectBatch(place: ShardPlace): Promise<void>;
  /** Takes a batch given by its id as the one of all requests; `markCollected` saves it. */
  takeGiven(batch: Batch): void;

  /** Records that the API is asked to stop these batches and why, so that a later run sends what they leave undone. */
  markStopped(ids: ReadonlySet<string>, why: 'left' | 'superseded'): Promise<void>;
  /** Records that the results are stored, and the total cost reported so far. */
  markCollected(end: Pick<SavedRecord, 'phase' | 'reportedUsd' | 'artifact'>): Promise<void>;
  /** Records that the batches are gone from the API. */
  markDeleted(): Promise<void>;
}

/** `isWanted`: whether later runs are to find this record. */
export function createRecordStore(options: {
  readonly ports: Pick<Ports, 'state' | 'clock' | 'log'>;
  readonly self: RecordRun;
  readonly readable: boolean;
  readonly record: SavedRecord;
  readonly isWanted?: boolean;
}): RecordStore {
  const { ports, self, readable, isWanted = true } = options;
  const { fingerprint } = options.record;
  let { record } = options;
  let isStored = record.revision > 0;
  let isWarned = false;

  async function save(change: Partial<SavedRecord>, isDurable = false): Promise<void> {
    const savedAt = new Date(ports.clock.date()).toISOString();
    const [revision, runs] = [record.revision + 1, addRun(record.runs, self)];
    record = { ...record, ...change, revision, savedAt, run: { ...record.run, ...self }, runs };
    isStored = (await ports.state.save(fingerprint, printRecord(record), isDurable)) !== 'nowhere';
    if (isStored || isWarned) return;
    isWarned = true;
    ports.log.warning({ code: 'record-not-saved' });
  }

  /** The rounds, with the shards changed that this is asked about. */
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
      const { texts } = await ports.state.find(fingerprint);
      const records = parseRecords(texts, fingerprint);
      record = mergeRecords([record, ...records]) ?? record;
      return records;
    },
    heartbeat: () => save({}),
    switchTo(other) {
      record = other;
    },
    replaceGeneration(sha) {
      const replacedGenerations = [...record.replacedGenerations, record.generation];
      record = { ...record, generation: self.nonce, replacedGenerations, submittedSha: sha };
    },

    startRound(round, shards) {
      const begun = { shards: shards.map((one) => ({ ...one, intent: null, batch: null, rejected: [] })) };
      record = { ...record, phase: 'open', rounds: [...record.rounds.slice(0, round), begun] };
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
    clearIntent: (place) => save(changeShard(place, () => ({ intent: null }))),
    recordBatch(place, { id, createdAt }, how) {
      const batch: RecordBatch = { id, createdAt, adopted: how === 'adopted', stopped: null };
      return save(
        changeShard(place, () => ({ batch })),
        true,
      );
    },
    confirmBatch: (place) =>
      save(changeShard(place, ({ batch }) => ({ batch: batch && { ...batch, adopted: false } }))),
    rejectBatch: (place) =>
      save(
        changeShard(place, ({ batch, rejected }) => ({
          batch: null,
          rejected: batch === null ? rejected : [...rejected, batch.id],
        })),
      ),
    takeGiven({ id, createdAt }) {
      const batch: RecordBatch = { id, createdAt, adopted: false, stopped: null };
      const count = record.requestCount;
      const shard = { count, sha256: '0'.repeat(64), intent: null, batch, rejected: [] };
      record = { ...record, rounds: [{ shards: [shard] }] };
    },

    markStopped: (ids, why) =>
      save(
        changeShards((shard) =>
          shard.batch !== null && ids.has(shard.batch.id)
            ? { ...shard, batch: { ...shard.batch, stopped: why } }
            : shard,
        ),
      ),
    markCollected: (end) => save(end, true),
    markDeleted: () => save({ phase: 'deleted' }, true),
  };
}
