import { type SavedRecord, shardsOf } from './record.ts';

/** Digest of a shard whose batch was made of unknown requests. */
export const UNKNOWN_SHA256 = '0'.repeat(64);

/** Whether a record shows that each of these batches was made of one of its shards, and that none was only found or given by its ID. */
export function provesAll(record: Pick<SavedRecord, 'rounds'>, ids: readonly string[]): boolean {
  const proved = shardsOf(record).flatMap(({ sha256, batch }) =>
    batch === null || batch.adopted || sha256 === UNKNOWN_SHA256 ? [] : batch.id,
  );
  return ids.every((id) => proved.includes(id));
}
