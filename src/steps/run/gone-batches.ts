import { NOT_FOUND_FOR_MS } from '../../core/polling/error-class.ts';
import { type Decision, isOverdue } from '../../core/record/decide.ts';
import { batchesOf, type SavedRecord } from '../../core/record/record.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { ApiError } from '../../ports/api.ts';
import type { Run } from './run.ts';

/** Whether a batch has to be asked about first: one whose age alone says so, and one that a new submission takes the place of. */
export function mayBeGone({ kind, because }: Decision, saved: SavedRecord, nowMs: number): boolean {
  if (because === 'resume-never') return saved.phase === 'open';
  return (kind === 'attach' || kind === 'reconcile' || kind === 'collect') && isOverdue(saved, nowMs);
}

/** Whether the API says that it has a batch of the record, or its results, no longer. Asks once; no answer says nothing. */
export async function hasGoneBatch({ api, clock }: Run['ports'], record: SavedRecord): Promise<boolean> {
  for (const { id, createdAt } of batchesOf(record)) {
    try {
      if ((await api.retrieve(id)).batch.archivedAt !== null) return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404 && clock.date() - (parseTime(createdAt) ?? 0) > NOT_FOUND_FOR_MS) return true;
    }
  }
  return false;
}
