import type { Inputs } from '../inputs/inputs.ts';
import type { Message } from '../messages/message.ts';
import { RESULTS_LAST_MS } from '../polling/lifetime.ts';
import { parseTime } from '../text/numbers.ts';
import { batchesOf, type RecordRun, type SavedRecord } from './record.ts';

type Facts = Extract<Message, { readonly code: 'decision-made' }>;

/**
 * What to do about requests that an earlier run may have submitted. `given`: the input `batch-id` names the batches, and nothing is ever
 * submitted. `submit`: send all of them anew. `attach`: continue an unfinished record. `reconcile`: the same, but first find out how a
 * create ended. `collect`: collect again what was collected before. `restore`: take the results from their artifact, since the batches
 * were deleted. `refuse`: nothing may be sent and no results are available.
 */
export interface Decision {
  readonly kind: 'given' | Facts['action'];
  readonly because: 'given' | Facts['because'];
  /** The run that saved the record; undefined for this workflow run, or without a record. */
  readonly runId: number | undefined;
  /** Whether this run may start as many further rounds as the input says, whatever was started before. */
  readonly freshRounds: boolean;
}

/** Time to leave for downloading results before they expire, in ms. */
const DOWNLOAD_MS = 3_600_000;

/** Whether a batch of the record is so old, by its creation time, that the API no longer has its results, or soon will not. */
export function isOverdue(record: SavedRecord, nowMs: number): boolean {
  return batchesOf(record).some(
    ({ createdAt }) => nowMs - (parseTime(createdAt) ?? nowMs) > RESULTS_LAST_MS - DOWNLOAD_MS,
  );
}

/**
 * The decision table: record × `resume` × `batch-id` × run id and attempt. `isGone`: the API itself says that it no longer has a batch's
 * results.
 */
export function decide(
  record: SavedRecord | undefined,
  {
    resume,
    batchIds,
    run,
    isGone,
  }: Pick<Inputs, 'resume' | 'batchIds'> & {
    readonly run: Pick<RecordRun, 'id' | 'attempt'>;
    readonly isGone: boolean;
  },
): Decision {
  const known = { runId: undefined, freshRounds: false };
  if (batchIds.length > 0) return { ...known, kind: 'given', because: 'given' };
  if (resume === 'never') return { ...known, kind: 'submit', because: 'resume-never' };
  if (record === undefined) return { ...known, kind: 'submit', because: 'no-record' };
  const earlier = record.runs.find(({ id }) => id === run.id);
  const sameRun = earlier !== undefined;
  const isAttempt = sameRun && run.attempt > earlier.attempt;
  const decided = (kind: Decision['kind'], because: Decision['because'], freshRounds = false): Decision => {
    return { kind, because, runId: sameRun ? undefined : record.run.id, freshRounds };
  };
  switch (record.phase) {
    case 'canceled':
      return decided('submit', 'canceled');
    case 'deleted':
      if (!sameRun && resume !== 'always') return decided('submit', 'collected-elsewhere');
      return record.artifact === null ? decided('refuse', 'deleted-for-good') : decided('restore', 'deleted');
    case 'collected':
      if (!sameRun && resume === 'auto') return decided('submit', 'collected-elsewhere');
      return isGone ? decided('submit', 'collected-expired') : decided('collect', 'collected', isAttempt || !sameRun);
    case 'open':
      if (isGone) return decided('submit', 'expired');
      return isUncertain(record)
        ? decided('reconcile', 'create-uncertain', isAttempt)
        : decided('attach', 'unfinished', isAttempt);
  }
}

/** Whether the decision continues the existing record instead of starting another. */
export function keepsRecord({ kind }: Decision): boolean {
  return kind !== 'submit' && kind !== 'refuse';
}

/** Whether a create was started and no record says how it ended. */
function isUncertain({ rounds }: SavedRecord): boolean {
  return rounds.some(({ shards }) => shards.some(({ intent, batch }) => intent !== null && batch === null));
}
