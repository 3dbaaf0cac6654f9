import type {
  Intent,
  RecordArtifact,
  RecordBatch,
  RecordOrigin,
  RecordRound,
  RecordRun,
  RecordShard,
  SavedRecord,
} from './record.ts';

/**
 * Reads a saved record. Undefined for a text that is none, of another schema or of other requests: a record comes from
 * storage that others can write to, so nothing of it is believed before its form is right. Members that this version does not
 * know are ignored and kept, at every level, so that writing the record again takes nothing from a newer version.
 */
export function parseRecord(text: string, fingerprint?: string): SavedRecord | undefined {
  try {
    const record = recordOf(JSON.parse(text));
    return fingerprint === undefined || record.fingerprint === fingerprint ? record : undefined;
  } catch {
    return undefined;
  }
}

/** The records among the texts that are of these requests, the one to believe first: the highest revision, then the latest save. */
export function parseRecords(texts: readonly string[], fingerprint: string): readonly SavedRecord[] {
  const parsed = texts.flatMap((text) => parseRecord(text, fingerprint) ?? []);
  const records = parsed.flatMap((record) => [
    record,
    ...record.unfinished.filter((one) => one.fingerprint === fingerprint),
  ]);
  return records.sort((a, b) => b.revision - a.revision || Date.parse(b.savedAt) - Date.parse(a.savedAt));
}

const PHASES = ['open', 'collected', 'deleted', 'canceled'] as const;

function recordOf(value: unknown, depth = 0): SavedRecord {
  const get = members(value);
  const phase = PHASES.find((one) => one === get('phase'));
  if (get('schema') !== 1 || phase === undefined) throw new TypeError('another schema');
  return {
    ...whole(value),
    schema: 1,
    fingerprint: matching(get('fingerprint'), /^[0-9a-f]{64}$/),
    generation: text(get('generation')),
    replacedGenerations: list(get('replacedGenerations'), text),
    revision: count(get('revision')),
    savedAt: time(get('savedAt')),
    phase,
    requestCount: count(get('requestCount')),
    run: runOf(get('run')),
    runs: list(get('runs'), (one) => {
      const of = members(one);
      return { ...whole(one), id: count(of('id')), attempt: count(of('attempt')) };
    }),
    origin: originOf(get('origin')),
    submittedSha: text(get('submittedSha')),
    rounds: list(get('rounds'), roundOf),
    reportedUsd: matching(get('reportedUsd'), /^\d{1,12}\.\d{6}$/),
    artifact: orNull(get('artifact'), artifactOf),
    unfinished: depth > 0 ? [] : list(get('unfinished'), (one) => recordOf(one, depth + 1)),
  };
}

function runOf(value: unknown): RecordRun {
  const get = members(value);
  return {
    ...whole(value),
    id: count(get('id')),
    attempt: count(get('attempt')),
    name: text(get('name')),
    nonce: text(get('nonce')),
  };
}

function originOf(value: unknown): RecordOrigin {
  const get = members(value);
  return {
    ...whole(value),
    pullRequest: orNull(get('pullRequest'), count),
    workflow: text(get('workflow')),
    name: text(get('name')),
  };
}

function roundOf(value: unknown): RecordRound {
  return { ...whole(value), shards: list(members(value)('shards'), shardOf) };
}

function shardOf(value: unknown): RecordShard {
  const get = members(value);
  return {
    ...whole(value),
    count: count(get('count')),
    sha256: matching(get('sha256'), /^[0-9a-f]{64}$/),
    intent: orNull(get('intent'), intentOf),
    batch: orNull(get('batch'), batchOf),
    rejected: list(get('rejected'), batchId),
  };
}

function intentOf(value: unknown): Intent {
  const get = members(value);
  const newest = orNull(get('newest'), (one) => {
    const of = members(one);
    return { ...whole(one), id: batchId(of('id')), createdAt: time(of('createdAt')) };
  });
  return { ...whole(value), at: time(get('at')), newest, nonce: text(get('nonce')) };
}

function batchOf(value: unknown): RecordBatch {
  const get = members(value);
  return {
    ...whole(value),
    id: batchId(get('id')),
    createdAt: time(get('createdAt')),
    adopted: flag(get('adopted')),
    stopped: orNull(get('stopped'), (one) => oneOf(one, ['left', 'superseded'] as const)),
  };
}

function artifactOf(value: unknown): RecordArtifact {
  const get = members(value);
  const digest = matching(get('digest'), /^[0-9a-f]{0,64}$/);
  return { ...whole(value), runId: count(get('runId')), id: count(get('id')), name: text(get('name')), digest };
}

function members(value: unknown): (name: string) => unknown {
  if (typeof value !== 'object' || value === null) throw new TypeError('no object');
  return (name) => Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** All members of an object that was checked by `members`, those among them that this version does not know. */
function whole(value: unknown): object {
  return value as object;
}

function list<T>(value: unknown, of: (one: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new TypeError('no list');
  return value.map(of);
}

function orNull<T>(value: unknown, of: (one: unknown) => T): T | null {
  return value === null ? null : of(value);
}

/** Longer than any name a workflow gives, so that no run leaves a record that the next one cannot read. */
const MAX_TEXT = 100_000;

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_TEXT) throw new TypeError('no text');
  return value;
}

function matching(value: unknown, form: RegExp): string {
  const found = text(value);
  if (!form.test(found)) throw new TypeError('another form');
  return found;
}

/** An id goes into a path of the API, so its form is checked. */
function batchId(value: unknown): string {
  return matching(value, /^[A-Za-z0-9_-]{1,200}$/);
}

function oneOf<const W extends string>(value: unknown, words: readonly W[]): W {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new TypeError('another word');
  return found;
}

function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError('no flag');
  return value;
}

/** RFC 3339: `Date.parse` alone takes any text in parentheses. */
function time(value: unknown): string {
  const found = matching(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?(?:Z|[+-]\d\d:\d\d)$/);
  if (Number.isNaN(Date.parse(found))) throw new TypeError('no time');
  return found;
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new TypeError('no count');
  return value;
}

/** Whether a text is a record of these requests that a version of this action wrote which this one cannot read. */
export function isOtherSchema(text: string, fingerprint: string): boolean {
  try {
    const get = members(JSON.parse(text));
    return get('fingerprint') === fingerprint && typeof get('schema') === 'number' && get('schema') !== 1;
  } catch {
    return false;
  }
}
