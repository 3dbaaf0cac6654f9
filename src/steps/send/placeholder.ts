import { expiresAt } from '../../core/polling/lifetime.ts';
import type { RecordShard } from '../../core/record/record.ts';
import type { Batch } from '../../ports/api.ts';

/** A saved batch's state before the first look at it. */
export function placeholderOf({ batch, count }: Pick<RecordShard, 'batch' | 'count'>): Batch {
  const createdAt = batch?.createdAt ?? '';
  return {
    id: batch?.id ?? '',
    status: 'in_progress',
    counts: { processing: count, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    createdAt,
    endedAt: null,
    expiresAt: expiresAt(createdAt) ?? '',
    archivedAt: null,
  };
}
