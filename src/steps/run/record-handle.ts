import { holdsAll, type RecordRun, type RecordShard, type SavedRecord } from '../../core/record/record.ts';

/** Where a shard stands in the record. */
export interface ShardPlace {
  readonly round: number;
  readonly shard: number;
}

/** The record of this run's requests, and the ways to read and write it. */
export interface Memory {
  readonly fingerprint: string;
  readonly self: RecordRun;
  /** False where neither cache nor artifacts could be read: nothing is known about earlier runs. */
  readonly readable: boolean;
  /** Whether a later run finds this record: it is stored somewhere, and asked for. */
  readonly findable: boolean;
  record: SavedRecord;
  /** Writes the changed record; `durable` also as an artifact. Warns once where it is safe nowhere. */
  save(change: Partial<SavedRecord>, durable: boolean): Promise<void>;
  /** Writes a change of one shard. */
  saveShard(place: ShardPlace, change: Partial<RecordShard>, durable: boolean): Promise<void>;
  /** Notes that the API is asked to stop these batches and why, so that a later run sends what they leave undone. */
  markStopped(ids: ReadonlySet<string>, why: 'left' | 'superseded'): Promise<void>;
  /** Reads the records in storage and takes over what other runs added to this generation. Returns them, the newest first. */
  refresh(): Promise<readonly SavedRecord[]>;
}

/** Whether the record is the one of these batches. */
export function holds({ record }: Memory, batches: readonly { readonly id: string }[]): boolean {
  return holdsAll(
    record,
    batches.map(({ id }) => id),
  );
}
