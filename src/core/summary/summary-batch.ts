import type { Batch } from '../../ports/api.ts';
import { resultsUntil } from '../polling/lifetime.ts';
import type { SummaryBatch, SummaryNotice } from './summary.ts';

/** A batch as the summary tells it. */
export function batchOf({ id, status, createdAt, endedAt, expiresAt, counts }: Batch): SummaryBatch {
  const { processing, succeeded, errored, canceled, expired } = counts;
  return {
    id,
    status,
    created_at: createdAt,
    ended_at: endedAt,
    expires_at: expiresAt,
    results_until: resultsUntil(createdAt),
    counts: { processing, succeeded, errored, canceled, expired },
  };
}

/**
 * The batch with what the notices say of it. Results are deleted with a batch: nobody can get them from the API any more. Where
 * results were restored, no batch was looked at, so none has counts.
 */
export function asNoticed(batch: SummaryBatch, notices: readonly SummaryNotice[]): SummaryBatch {
  const isRestored = notices.some(({ kind }) => kind === 'restored');
  const isDeleted = notices.some(
    (notice) =>
      (notice.kind === 'deleted' && notice.batch_id === batch.id) ||
      (notice.kind === 'restored' && notice.batch_ids.includes(batch.id)),
  );
  return {
    ...batch,
    ...(isDeleted ? { status: 'deleted', results_until: null } : {}),
    ...(isRestored ? { counts: null } : {}),
  };
}
