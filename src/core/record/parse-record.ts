import { memberOf, parseJson } from '../text/json.ts';
import { type Femto, parseUsd } from '../text/money.ts';
import {
  batchId,
  count,
  digest,
  type Field,
  foreignTime,
  ifReadable,
  line,
  listOf,
  matching,
  object,
  oneOf,
  orNull,
  sha,
  text,
  time,
  workspaceId,
} from './fields.ts';
import type {
  Intent,
  RecordArtifact,
  RecordBaseline,
  RecordBatch,
  RecordJudge,
  RecordOrigin,
  RecordRound,
  RecordRun,
  RecordShard,
  RecordSubmitter,
  SavedRecord,
} from './record.ts';
import { isFitting, reuseOf } from './record-reuse.ts';

/**
 * Parses a saved record. Undefined for any other text, another schema or other requests: others can write to the storage, so a record
 * counts only if its whole form is valid. Ignores but keeps unknown members at every level, so that saving the record again loses nothing
 * that a newer version wrote.
 */
export function parseRecord(text: string, fingerprint?: string): SavedRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // Kept members are written again; this throws if they are nested too deep.
    JSON.stringify(value);
    const record = recordOf(value);
    return fingerprint === undefined || record.fingerprint === fingerprint ? record : undefined;
  } catch {
    return undefined;
  }
}

/** These requests' records among the texts, highest revision first, then latest save first. */
export function parseRecords(texts: readonly string[], fingerprint: string): readonly SavedRecord[] {
  const parsed = texts.flatMap((text) => parseRecord(text, fingerprint) ?? []);
  const records = parsed.flatMap((record) => [
    record,
    ...record.unfinished.filter((one) => one.fingerprint === fingerprint),
  ]);
  return records.sort((a, b) => b.revision - a.revision || Date.parse(b.savedAt) - Date.parse(a.savedAt));
}

/**
 * Classifies a stored text that `parseRecord` cannot read. `other-version`: a record of these requests in another form. `unreadable`: may
 * be a record of these requests, such as a truncated one. `foreign`: certainly none, since it does not name them.
 */
export function whyUnreadable(text: string, fingerprint: string): 'other-version' | 'unreadable' | 'foreign' {
  const value = parseJson(text);
  if (value === undefined) return 'unreadable';
  if (memberOf(value, 'fingerprint') !== fingerprint) return 'foreign';
  const schema = memberOf(value, 'schema');
  return typeof schema === 'number' && schema !== 1 ? 'other-version' : 'unreadable';
}

/** Longest name to keep unchanged, in characters: an artifact's name has at most 255. */
export const MAX_NAME = 300;

/** Saved as a decimal text. */
function usd(value: unknown): Femto {
  const amount = parseUsd(text(value));
  if (amount === undefined) throw new TypeError('no amount');
  return amount;
}

const intentOf = object<Intent>({
  at: time,
  newest: orNull(object<{ readonly id: string; readonly createdAt: string }>({ id: batchId, createdAt: foreignTime })),
  nonce: text,
});

const batchOf = object<RecordBatch>({
  id: batchId,
  createdAt: foreignTime,
  adopted: oneOf(true, false),
  stopped: orNull(oneOf('left', 'superseded')),
  workspaceId: ifReadable(workspaceId),
});

const shardOf = object<RecordShard>({
  count,
  sha256: digest,
  intent: orNull(intentOf),
  batch: orNull(batchOf),
  rejected: listOf(batchId),
  shared: oneOf(true, false),
});

const submitterOf = object<RecordSubmitter>({
  runId: count,
  event: matching(/^[a-z_]{0,50}$/),
  ref: text,
  repository: matching(/^(?:[\w.-]{1,100}\/[\w.-]{1,100})?$/),
});

const baselineOf = object<RecordBaseline>({
  runId: count,
  key: digest,
  artifact: object<RecordBaseline['artifact']>({ runId: count, id: count }),
});

/** `unfinished` parses the nested records, which contain none themselves. */
const recordWith = (unfinished: Field<readonly SavedRecord[]>): Field<SavedRecord> => {
  const members = membersWith(unfinished);
  return (value) => {
    const record = members(value);
    // With a split that does not fit, round 0 would seem to hold other requests than it does.
    if (record.reuse && !isFitting(record.reuse, record.requestCount)) throw new TypeError('another split');
    return record;
  };
};

const membersWith = (unfinished: Field<readonly SavedRecord[]>): Field<SavedRecord> =>
  object<SavedRecord>({
    schema: oneOf(1),
    fingerprint: digest,
    generation: text,
    replacedGenerations: listOf(text),
    finishedGenerations: listOf(text),
    revision: count,
    savedAt: time,
    phase: oneOf('open', 'collected', 'deleted', 'canceled'),
    requestCount: count,
    run: object<RecordRun>({ id: count, attempt: count, name: line(MAX_NAME), nonce: text }),
    runs: listOf(object<SavedRecord['runs'][number]>({ id: count, attempt: count })),
    origin: object<RecordOrigin>({
      pullRequest: orNull(count),
      workflow: text,
      name: text,
      submitter: ifReadable(submitterOf),
    }),
    submittedSha: sha,
    rounds: listOf(object<RecordRound>({ shards: listOf(shardOf) })),
    reportedUsd: usd,
    artifact: orNull(
      object<RecordArtifact>({ runId: count, id: count, name: line(MAX_NAME), digest: matching(/^[0-9a-f]{0,64}$/) }),
    ),
    judge: optional(object<RecordJudge>({ fingerprint: digest, model: line(MAX_NAME), prompt: count })),
    collectedBy: ifReadable(count),
    baselines: ifReadable(listOf(baselineOf)),
    reuse: (value) => (value === undefined ? undefined : orNull(reuseOf)(value)),
    unfinished,
  });

/** A member that records of earlier releases lack. */
function optional<T>(of: Field<T>): Field<T | null> {
  return (value) => (value === undefined ? null : orNull(of)(value));
}

const recordOf = recordWith(listOf(recordWith(() => [])));
