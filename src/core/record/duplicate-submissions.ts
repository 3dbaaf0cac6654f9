import { parseTime } from '../text/numbers.ts';
import { batchesOf, type SavedRecord, shardsOf } from './record.ts';

/** Batches that another run made for the same requests, which are therefore paid for twice. */
export interface DuplicateSubmission {
  readonly runId: number;
  readonly ids: readonly string[];
}

/** Submissions of the same requests that start within this time of each other collided, in ms. */
const SAME_TIME_MS = 10 * 60_000;

/**
 * Finds batches next to ours in the stored `records`: of the same generation, if two runs made a batch for one shard, or of another
 * generation that started while ours did.
 */
export function findDuplicateSubmissions(
  ours: SavedRecord,
  records: readonly SavedRecord[],
): readonly DuplicateSubmission[] {
  const seen = new Set([...batchesOf(ours).map(({ id }) => id), ...rejectedOf(ours)]);
  const duplicates: DuplicateSubmission[] = [];
  for (const record of records) {
    const versions = records.filter(({ generation }) => generation === record.generation);
    if (record.generation !== ours.generation && !isAtOnce(ours, versions)) continue;
    const ids = batchesOf(record)
      .map(({ id }) => id)
      .filter((id) => !seen.has(id));
    if (ids.length > 0) duplicates.push({ runId: record.run.id, ids });
    for (const id of ids) seen.add(id);
  }
  return duplicates;
}

function rejectedOf(record: SavedRecord): readonly string[] {
  return shardsOf(record).flatMap(({ rejected }) => rejected);
}

/**
 * Whether the other submission started at about the same time, and neither was over before the other started. `versions`: its stored
 * states, from before and after its end.
 */
function isAtOnce(ours: SavedRecord, versions: readonly SavedRecord[]): boolean {
  const mine = firstCreatedAt([ours]);
  const theirs = firstCreatedAt(versions);
  if (mine === undefined || theirs === undefined) return false;
  const wasOver =
    versions.some(({ phase, savedAt }) => phase !== 'open' && Date.parse(savedAt) < mine) ||
    versions.some((other) => isFinishedBefore(other, ours) || isFinishedBefore(ours, other));
  return Math.abs(theirs - mine) <= SAME_TIME_MS && !wasOver;
}

function isFinishedBefore({ generation }: SavedRecord, { finishedGenerations }: SavedRecord): boolean {
  return finishedGenerations.includes(generation);
}

function firstCreatedAt(records: readonly SavedRecord[]): number | undefined {
  const times = records.flatMap(batchesOf).flatMap(({ createdAt }) => parseTime(createdAt) ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}
