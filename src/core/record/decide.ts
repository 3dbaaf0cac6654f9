import type { Inputs } from '../inputs/inputs.ts';
import { RESULTS_LAST_MS } from '../polling/lifetime.ts';
import { countOf } from '../text/numbers.ts';
import { batchesOf, type RecordArtifact, type RecordRun, type SavedRecord } from './record.ts';

/** What to do about requests that an earlier run may have submitted, with the reason that the log prints. */
export type Decision =
  /** The input `batch-id` names the batches: nothing is ever submitted. */
  | { readonly kind: 'given'; readonly why: string }
  /** Nothing to go on with: all is submitted anew. */
  | { readonly kind: 'submit'; readonly why: string }
  /** Go on with a record that has not come to its end: `reconcile` where a create was begun and no id is known. */
  | {
      readonly kind: 'attach' | 'reconcile';
      readonly record: SavedRecord;
      readonly freshRounds: boolean;
      readonly why: string;
    }
  /** Collect again what was collected before. */
  | { readonly kind: 'collect'; readonly record: SavedRecord; readonly freshRounds: boolean; readonly why: string }
  /** The batches were deleted: only their artifact has the results. */
  | { readonly kind: 'restore'; readonly record: SavedRecord; readonly artifact: RecordArtifact; readonly why: string }
  /** Nothing may be sent and nothing can be had. */
  | { readonly kind: 'refuse'; readonly why: string; readonly cure: string };

/** Left of the results' life for downloading them. */
const DOWNLOAD_MS = 3_600_000;

/** The table of the contract: record × `resume` × `batch-id` × run id and attempt. */
export function decide(
  record: SavedRecord | undefined,
  resume: Inputs['resume'],
  run: Pick<RecordRun, 'id' | 'attempt'>,
  nowMs: number,
  batchIds: readonly string[] = [],
): Decision {
  if (batchIds.length > 0)
    return { kind: 'given', why: `batch-id names ${countOf(batchIds.length, 'batch', 'batches')}` };
  if (resume === 'never') return { kind: 'submit', why: 'resume is never' };
  if (record === undefined) return { kind: 'submit', why: 'no batch of these requests is known' };
  const earlier = record.runs.find(({ id }) => id === run.id);
  const sameRun = earlier !== undefined;
  const by = sameRun ? 'this workflow run' : `run ${record.run.id}`;
  const freshRounds = sameRun && run.attempt > earlier.attempt;
  const lost = batchesOf(record).some(({ createdAt }) => nowMs - Date.parse(createdAt) > RESULTS_LAST_MS - DOWNLOAD_MS);
  switch (record.phase) {
    case 'canceled':
      return { kind: 'submit', why: `the batch of ${by} ended canceled` };
    case 'deleted':
      if (!sameRun && resume !== 'always')
        return { kind: 'submit', why: `${by} collected these requests, so this run gets a new batch` };
      if (record.artifact !== null)
        return {
          kind: 'restore',
          record,
          artifact: record.artifact,
          why: `${by} collected these requests and deleted their batch`,
        };
      return {
        kind: 'refuse',
        why: `${by} collected these requests and deleted their batch, and left no artifact`,
        cure: PAY_AGAIN,
      };
    case 'collected':
      if (!sameRun && resume === 'auto')
        return { kind: 'submit', why: `${by} collected these requests, so this run gets a new batch` };
      if (lost) return { kind: 'submit', why: `the results that ${by} collected are no longer at the API` };
      return { kind: 'collect', record, freshRounds: freshRounds || !sameRun, why: `${by} collected these requests` };
    case 'open':
      if (lost) return { kind: 'submit', why: `the results of the batch that ${by} left are no longer at the API` };
      if (record.rounds.some(({ shards }) => shards.some((shard) => shard.intent !== null && shard.batch === null)))
        return {
          kind: 'reconcile',
          record,
          freshRounds,
          why: `${by} began to create a batch and did not learn its id`,
        };
      return { kind: 'attach', record, freshRounds, why: `${by} left these requests unfinished` };
  }
}

const PAY_AGAIN = 'set resume: never to submit them again, which is paid again';
