import type {
  Intent,
  RecordBaseline,
  RecordJudge,
  RecordReuse,
  RecordRun,
  RecordShard,
  SavedRecord,
} from '../../core/record/record.ts';
import type { Batch } from '../../ports/api.ts';

/** Position of a shard in the record. */
export interface ShardPlace {
  readonly round: number;
  readonly shard: number;
}

/**
 * The record of this run's requests, and the only way to read and change it. Methods that return a promise save it: in
 * the cache, and as an artifact if a later run must find it. Warns once if a save reaches neither, or could not be read back.
 */
export interface RecordStore {
  readonly record: SavedRecord;
  readonly self: RecordRun;
  /** False if neither cache nor artifacts could be read at the beginning: earlier runs are then unknown. */
  readonly readable: boolean;
  /** Whether the last attempt to read them worked: without it, nothing of another run can be seen. */
  readonly seeing: boolean;
  /** Whether the last save reached the cache, where runs see each other within a second. */
  readonly isCached: boolean;
  /** A hash of the stored texts that are not records of these requests; empty if there are none. */
  readonly foreign: string;
  /** Why a text cannot be read that may be a newer record than this one: it may name more batches, so nothing may be sent. */
  readonly hidden: 'other-version' | 'unreadable' | undefined;
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
  /** Begins another generation of the record, made by this run, which replaces one without a batch. */
  replaceGeneration(by: Pick<SavedRecord, 'submittedSha' | 'origin'>): void;
  /** Records what this run compares its grades with; where nothing is stored yet, with the first intent. */
  pinBaseline(baseline: RecordBaseline): Promise<void>;
  /** Records which requests take an earlier answer, null for none; where nothing is stored yet, with the first intent. */
  pinReuse(reuse: RecordReuse | null): Promise<void>;

  /** Begins a round, which is saved with the first intent. `reuse`: for round 0, which requests it leaves out. */
  startRound(round: number, shards: readonly Pick<RecordShard, 'count' | 'sha256'>[], reuse?: RecordReuse | null): void;
  /** Removes a further round that sent nothing, so that the results before it count. Returns whether it was one. */
  dropRound(round: number): boolean;
  /** Records that a create begins now, and the newest batch before it. */
  recordIntent(place: ShardPlace, newest: Intent['newest']): Promise<Intent>;
  /** Makes an intent outlast the cache, for a run that ends without knowing whether its create made a batch. */
  keepIntent(): Promise<void>;
  /** Records that the create certainly made no batch. */
  clearIntent(place: ShardPlace): Promise<void>;
  /**
   * Records the batch of a shard: `created` by this run, `adopted` after a create that broke off, or `shared` with a run that has
   * other requests besides these.
   */
  recordBatch(place: ShardPlace, batch: Batch, how: 'created' | 'adopted' | 'shared'): Promise<void>;
  /** Notes the workspace that the API names for batches of the record; saved with the next save. */
  noteWorkspaces(batches: readonly Batch[]): void;
  /** Records that runs with other requests may take over the batches of these shards of the first round. */
  markShared(sha256s: ReadonlySet<string>): Promise<void>;
  /** Records that the results of an adopted batch showed that it is ours. */
  confirmBatch(place: ShardPlace): Promise<void>;
  /** Records that an adopted batch holds other requests. Keeps its intent: the right batch is still to be found. */
  rejectBatch(place: ShardPlace): Promise<void>;
  /** Takes a batch given by its ID as the batch of all requests; `markCollected` saves it. */
  takeGiven(batch: Batch): void;

  /**
   * Records what judges these answers. Reopens the record until the judgements are in, unless its batches are deleted; even then
   * the record leads to the judgements.
   */
  noteJudge(judge: RecordJudge): Promise<void>;

  /** Records that the API is asked to stop these batches and why, so that a later run sends what they leave undone. */
  markStopped(ids: ReadonlySet<string>, why: 'left' | 'superseded'): Promise<void>;
  /** Records that the results are stored, and the total cost reported so far. */
  markCollected(end: Pick<SavedRecord, 'phase' | 'reportedUsd' | 'artifact'>): Promise<void>;
  /** Records that the batches are gone from the API. */
  markDeleted(): Promise<void>;
}

/** Records that a run takes part. Checks may have taken a while: reads first what others have begun since, or the save would hide it. */
export async function takePart(store: Pick<RecordStore, 'refresh' | 'heartbeat'>): Promise<void> {
  await store.refresh();
  await store.heartbeat();
}
