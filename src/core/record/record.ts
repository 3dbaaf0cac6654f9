import { type Femto, formatUsd } from '../text/money.ts';

/**
 * What runs store about one set of requests, in JSON, under its fingerprint. Each save rewrites the whole record; the
 * highest revision counts, and additions of others of the same generation are merged into it.
 */
export interface SavedRecord {
  readonly schema: 1;
  readonly fingerprint: string;
  /** Names one submission of these requests with all its rounds; submitting them anew begins another. */
  readonly generation: string;
  /** Earlier generations that this one replaced: what is still stored of them no longer counts. */
  readonly replacedGenerations: readonly string[];
  /** Earlier generations that were finished when this one began, so that an old record of theirs does not reopen them. */
  readonly finishedGenerations: readonly string[];
  /** Grows with every save. */
  readonly revision: number;
  /** RFC 3339. */
  readonly savedAt: string;
  /**
   * `open`: something remains to be sent, waited for or collected; `collected`: the results are stored; `deleted`: in addition,
   * the batches are gone from the API; `canceled`: they were stopped, and are not collected again.
   */
  readonly phase: 'open' | 'collected' | 'deleted' | 'canceled';
  readonly requestCount: number;
  /** The run that saved this last. */
  readonly run: RecordRun;
  /** The runs that sent, joined or collected these batches, each with its last attempt. */
  readonly runs: readonly { readonly id: number; readonly attempt: number }[];
  /** Whose batches these are, which decides what a later push may stop. */
  readonly origin: RecordOrigin;
  /** The commit whose run made the first batch. */
  readonly submittedSha: string;
  /** Round 0 holds all requests; each further one the retryable failures before it. */
  readonly rounds: readonly RecordRound[];
  /** What runs have reported as cost so far; in JSON a text in USD with six decimals. */
  readonly reportedUsd: Femto;
  /** Where the results are stored, once they are. */
  readonly artifact: RecordArtifact | null;
  /** The run that collected all results first; 0 where older versions did not say. Absent before that. */
  readonly collectedBy?: number | undefined;
  /** What judges the answers of this generation; null if nothing was sent to a judge. */
  readonly judge: RecordJudge | null;
  /**
   * The baselines of runs that took part, the latest last, so that every attempt of a run compares with the same one.
   * Absent in what older versions wrote.
   */
  readonly baselines?: readonly RecordBaseline[] | undefined;
  /**
   * Which requests of this generation take an earlier answer, so that round 0 holds only the others; null if none does, absent
   * as long as nothing was decided.
   */
  readonly reuse?: RecordReuse | null | undefined;
  /** Earlier submissions of these requests that are not finished, so that this record does not hide them. */
  readonly unfinished: readonly SavedRecord[];
}

/** The judgements have a record of their own, since they are other requests. */
export interface RecordJudge {
  /** Fingerprint of the judge's requests, which hold question, answer, rubric, model and prompt. */
  readonly fingerprint: string;
  readonly model: string;
  /** Version of the prompt. */
  readonly prompt: number;
}

export interface RecordOrigin {
  readonly pullRequest: number | null;
  /** Path of the workflow file. */
  readonly workflow: string;
  readonly name: string;
  /** Absent in what older versions wrote. */
  readonly submitter?: RecordSubmitter | undefined;
}

/** The run that made the first batch, and what it measures. */
export interface RecordSubmitter {
  readonly runId: number;
  readonly event: string;
  /** Such as `refs/heads/main`; for `workflow_run` that of the run before. */
  readonly ref: string;
  /** `owner/name` of the repository whose commit it is; empty if that is gone. */
  readonly repository: string;
}

/** The artifact that an evaluation of a run compares its grades with. */
export interface RecordBaseline {
  readonly runId: number;
  /** Hex SHA-256 of what the run was looking for. */
  readonly key: string;
  readonly artifact: { readonly runId: number; readonly id: number };
}

/** Which requests take earlier answers: decided before anything is sent, and the same for every attempt. */
export interface RecordReuse {
  /** Base64: a bit for each request, by position, from the lowest of the first byte; set where an earlier answer is taken. */
  readonly bits: string;
  /** Base64: a byte for each request that says which source has its answer, since others may have its custom ID with another prompt. Empty with one source. */
  readonly from: string;
  /** IDs of the batches that hold those answers, newest first. */
  readonly sources: readonly string[];
  /** RFC 3339. */
  readonly decidedAt: string;
}

export interface RecordRun {
  readonly id: number;
  readonly attempt: number;
  readonly name: string;
  /** Identifies this process among all others, also among matrix jobs of the same run. */
  readonly nonce: string;
}

export interface RecordRound {
  readonly shards: readonly RecordShard[];
}

/** One batch's worth of requests. */
export interface RecordShard {
  readonly count: number;
  /** Hex SHA-256 of the request lines of this shard. */
  readonly sha256: string;
  /** Set before the create; the batch may exist from then on. */
  readonly intent: Intent | null;
  readonly batch: RecordBatch | null;
  /** Batches that were assigned to this shard and turned out to hold other requests. */
  readonly rejected: readonly string[];
  /** Whether requests that differ in other shards may have the same batch, and may have reported its cost. */
  readonly shared: boolean;
}

export interface Intent {
  /** RFC 3339, by the clock of the runner. */
  readonly at: string;
  /** The newest batch before the create; null if there was none. */
  readonly newest: { readonly id: string; readonly createdAt: string } | null;
  readonly nonce: string;
}

export interface RecordBatch {
  readonly id: string;
  readonly createdAt: string;
  /** Found in the list, not returned by the create: its results must prove it. */
  readonly adopted: boolean;
  /**
   * Why this action asked the API to stop it before its results were collected: the run ended early, or a newer push has other
   * requests. A later run with these requests sends the unanswered ones. Null if the action did not ask.
   */
  readonly stopped: 'left' | 'superseded' | null;
  /** The workspace that the API answered for when it named it; absent if it did not say, and in older versions. */
  readonly workspaceId?: string | undefined;
}

export interface RecordArtifact {
  readonly runId: number;
  readonly id: number;
  readonly name: string;
  /** Hex SHA-256. */
  readonly digest: string;
}

/** The runs of a record with one more, or with its newer attempt. */
export function addRun(
  runs: SavedRecord['runs'],
  { id, attempt }: { readonly id: number; readonly attempt: number },
): SavedRecord['runs'] {
  const known = runs.find((run) => run.id === id);
  return [...runs.filter((run) => run.id !== id), { id, attempt: Math.max(attempt, known?.attempt ?? 1) }];
}

/** All shards of a record, oldest round first. */
export function shardsOf({ rounds }: Pick<SavedRecord, 'rounds'>): readonly RecordShard[] {
  return rounds.flatMap(({ shards }) => shards);
}

/** All batches of a record, oldest round first. */
export function batchesOf(record: Pick<SavedRecord, 'rounds'>): readonly RecordBatch[] {
  return shardsOf(record).flatMap(({ batch }) => batch ?? []);
}

/** The round that a batch of the record belongs to; 0 for one that it does not name. */
export function roundOf({ rounds }: SavedRecord, id: string): number {
  const found = rounds.findIndex(({ shards }) => shards.some(({ batch }) => batch?.id === id));
  return Math.max(0, found);
}

/** Whether all these batches are of the record. */
export function holdsAll(record: SavedRecord, ids: readonly string[]): boolean {
  const known = new Set(batchesOf(record).map(({ id }) => id));
  return ids.every((id) => known.has(id));
}

/** Longest record, in bytes. Real ones have a few kilobytes. */
export const MAX_RECORD_BYTES = 1 << 20;

/** The text that is saved. */
export function printRecord(record: SavedRecord): string {
  return `${JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? formatUsd(value) : value))}\n`;
}
