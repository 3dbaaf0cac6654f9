import { type Femto, formatUsd } from '../text/money.ts';

/**
 * What runs store about one set of requests, as JSON under its fingerprint. Each save rewrites the whole record; the highest revision
 * counts, and the additions of others of the same generation are merged into it.
 */
export interface SavedRecord {
  readonly schema: 1;
  readonly fingerprint: string;
  /** Identifies one submission of these requests with all its rounds; submitting them again starts another. */
  readonly generation: string;
  /** Earlier generations that this one replaced: what is still stored of them no longer counts. */
  readonly replacedGenerations: readonly string[];
  /** Generations that were finished when this one started, so that their old records do not reopen them. */
  readonly finishedGenerations: readonly string[];
  /** Grows with every save. */
  readonly revision: number;
  /** RFC 3339. */
  readonly savedAt: string;
  /**
   * `open`: something remains to be sent, waited for or collected; `collected`: the results are stored; `deleted`: also, the batches are
   * gone from the API; `canceled`: they were stopped and will not be collected again.
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
  /** Round 0 holds all requests; each further round holds the retryable failures of the one before. */
  readonly rounds: readonly RecordRound[];
  /** The cost that runs have reported so far; in JSON a text in USD with six decimals. */
  readonly reportedUsd: Femto;
  /** Where the results are stored, once they are. */
  readonly artifact: RecordArtifact | null;
  /** The run that first collected all results; 0 if older versions did not record it. Absent before that. */
  readonly collectedBy?: number | undefined;
  /** What judges this generation's answers; null if nothing was sent to a judge. */
  readonly judge: RecordJudge | null;
  /**
   * The baselines of participating runs, the latest last, so that every attempt of a run uses the same one. Absent in records of older
   * versions.
   */
  readonly baselines?: readonly RecordBaseline[] | undefined;
  /**
   * Which requests of this generation take an earlier answer, so that round 0 holds only the others; null if none does, absent until that
   * is decided.
   */
  readonly reuse?: RecordReuse | null | undefined;
  /** Unfinished earlier submissions of these requests, so that this record does not hide them. */
  readonly unfinished: readonly SavedRecord[];
}

/** Judgements have their own record, since they are different requests. */
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
  /** Absent in records of older versions. */
  readonly submitter?: RecordSubmitter | undefined;
}

/** The run that made the first batch, and what it measures. */
export interface RecordSubmitter {
  readonly runId: number;
  readonly event: string;
  /** Such as `refs/heads/main`; for `workflow_run`, the triggering run's. */
  readonly ref: string;
  /** `owner/name` of the commit's repository; empty if it no longer exists. */
  readonly repository: string;
}

/** The artifact whose grades a run's evaluation compares its own with. */
export interface RecordBaseline {
  readonly runId: number;
  /** Hex SHA-256 of the run's search criteria. */
  readonly key: string;
  readonly artifact: { readonly runId: number; readonly id: number };
}

/** Which requests take earlier answers: decided before anything is sent, and the same for every attempt. */
export interface RecordReuse {
  /** Base64: one bit per request, by position, from the lowest bit of the first byte; set if it takes an earlier answer. */
  readonly bits: string;
  /** Base64: a byte per request, the source of its answer (others may use its custom ID for another prompt). Empty with one source. */
  readonly from: string;
  /** IDs of the batches with those answers, newest first. */
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

/** The requests of one batch. */
export interface RecordShard {
  readonly count: number;
  /** Hex SHA-256 of the request lines of this shard. */
  readonly sha256: string;
  /** Set before the create; the batch may exist from then on. */
  readonly intent: Intent | null;
  readonly batch: RecordBatch | null;
  /** Batches once assigned to this shard that turned out to hold other requests. */
  readonly rejected: readonly string[];
  /** Whether requests that differ in other shards may share the same batch, and may already have reported its cost. */
  readonly shared: boolean;
}

export interface Intent {
  /** RFC 3339, by the runner's clock. */
  readonly at: string;
  /** The newest batch before the create; null if there was none. */
  readonly newest: { readonly id: string; readonly createdAt: string } | null;
  readonly nonce: string;
}

export interface RecordBatch {
  readonly id: string;
  readonly createdAt: string;
  /** Found in the list rather than returned by the create: its results must confirm it. */
  readonly adopted: boolean;
  /**
   * Why this action asked the API to stop it before its results were collected: the run ended early, or a newer push has different
   * requests. A later run with these requests sends the unanswered ones. Null if the action did not ask.
   */
  readonly stopped: 'left' | 'superseded' | null;
  /** The workspace that the API reported when it named the batch; absent if it reported none, and in older versions. */
  readonly workspaceId?: string | undefined;
}

export interface RecordArtifact {
  readonly runId: number;
  readonly id: number;
  readonly name: string;
  /** Hex SHA-256. */
  readonly digest: string;
}

/** A record's runs plus one more, or with its newer attempt. */
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

/** The round of one of the record's batches; 0 for a batch it does not name. */
export function roundOf({ rounds }: SavedRecord, id: string): number {
  const found = rounds.findIndex(({ shards }) => shards.some(({ batch }) => batch?.id === id));
  return Math.max(0, found);
}

/** Whether all these batches belong to the record. */
export function holdsAll(record: SavedRecord, ids: readonly string[]): boolean {
  const known = new Set(batchesOf(record).map(({ id }) => id));
  return ids.every((id) => known.has(id));
}

/** Longest record, in bytes. Real ones have a few kilobytes. */
export const MAX_RECORD_BYTES = 1 << 20;

/** The text to save. */
export function printRecord(record: SavedRecord): string {
  return `${JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? formatUsd(value) : value))}\n`;
}
