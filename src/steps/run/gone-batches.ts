import { NOT_FOUND_FOR_MS } from '../../core/polling/error-class.ts';
import { type Decision, isOverdue } from '../../core/record/decide.ts';
import { batchesOf, type SavedRecord } from '../../core/record/record.ts';
import { workspaceElsewhere } from '../../core/record/whereabouts.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { ApiError } from '../../ports/api.ts';
import type { Run } from './run.ts';

/** A run that began a create and has not written its record for this long, in ms, no longer creates a batch. */
const SILENT_MS = 10 * 60_000;

/**
 * Whether no run can finish or collect a record any more. Asks the API only if it matters: about a batch that is old enough, and
 * about an open record that a new submission would replace.
 */
export async function isGoneFor(
  { kind, because }: Decision,
  record: SavedRecord,
  ports: Run['ports'],
): Promise<boolean> {
  const nowMs = ports.clock.date();
  if (because === 'resume-never') {
    if (record.phase !== 'open') return false;
    if (batchesOf(record).length === 0) return nowMs - Date.parse(record.savedAt) > SILENT_MS;
    return hasGoneBatch(ports, record);
  }
  const isWanted = kind === 'attach' || kind === 'reconcile' || kind === 'collect';
  return isWanted && isOverdue(record, nowMs) && (await hasGoneBatch(ports, record));
}

/** Whether the API says that it no longer has a batch of the record, or its results. Asks once; no answer proves nothing. */
async function hasGoneBatch({ api, clock }: Run['ports'], record: SavedRecord): Promise<boolean> {
  const nowMs = clock.date();
  for (const { id, createdAt, workspaceId } of batchesOf(record)) {
    try {
      if ((await api.retrieve(id)).batch.archivedAt !== null) return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isAbsent = error.status === 404 && nowMs - (parseTime(createdAt) ?? 0) > NOT_FOUND_FOR_MS;
      // A batch of another workspace may still exist, unless it is too old.
      const isElsewhere = workspaceElsewhere(workspaceId, error) !== undefined;
      if (isAbsent && (!isElsewhere || isOverdue(record, nowMs))) return true;
    }
  }
  return false;
}
