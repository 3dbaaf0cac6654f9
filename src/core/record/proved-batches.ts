import { type SavedRecord, shardsOf } from './record.ts';

/** What a shard has for a digest where nobody knows which requests its batch was made of. */
export const UNKNOWN_SHA256 = '0'.repeat(64);

/** Whether a record shows that these batches were made of its requests, each of a shard of them: none was found or given by its ID. */
export function provesAll(record: Pick<SavedRecord, 'rounds'>, ids: readonly string[]): boolean {
  const proved = shardsOf(record).flatMap(({ sha256, batch }) =>
    batch === null || batch.adopted || sha256 === UNKNOWN_SHA256 ? [] : batch.id,
  );
  return ids.every((id) => proved.includes(id));
}
