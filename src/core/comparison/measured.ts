import type { Judge } from '../asserts/judgement.ts';
import { count, digest, line, matching, object, oneOf, optional, orNull, sha, text, time } from '../record/fields.ts';
import { isJsonObject, memberOf, parseJson } from '../text/json.ts';
import { sha256 } from '../text/sha256.ts';

/**
 * What a run measured, stored next to its grades in their artifact (`measured.json`). Where it ran does not matter: `workflow_run` runs
 * on the default branch, and a run may finish what another submitted. All members but `run` and `step` describe the run that submitted.
 */
export interface Measured {
  readonly schema: 1;
  /** Path of the started workflow file: `.github/workflows/evals.yml`. */
  readonly workflow: string;
  /** The evaluation's `name`. */
  readonly name: string;
  /** `owner/name` of the commit's repository: the fork for a pull request from a fork. */
  readonly repository: string;
  /** Such as `refs/heads/main`. */
  readonly ref: string;
  readonly commit: string;
  readonly event: string;
  readonly pullRequest: number | null;
  /** When the first batch was created. */
  readonly createdAt: string;
  /** When its oldest answer was created, if it took some from earlier runs. */
  readonly answersSince?: string | undefined;
  readonly run: { readonly id: number; readonly attempt: number };
  /** Job, ID and a digest of the inputs of the grading step; they tell two steps of one name apart. */
  readonly step: string;
  /** Two steps of that run share this name, so it is ambiguous. */
  readonly shared: boolean;
  readonly complete: boolean;
  /** It graded again what an earlier run had collected, so it does not measure the same thing. */
  readonly regraded?: boolean | undefined;
  readonly judge: Judge | null;
  /** Model that most cases asked; empty if unknown. */
  readonly model: string;
  readonly cases: number;
  /** SHA-256 of `grades.jsonl`. */
  readonly grades: string;
  /** Where its answers are, to be graded again and shown; null if no artifact has them. */
  readonly results?: MeasuredResults | null | undefined;
  /** How many of the cases are graded. */
  readonly graded?: number | undefined;
  /** Mean over the graded cases of the share of their answers that pass; null if none is graded. */
  readonly passRate?: number | null | undefined;
}

/** An artifact of the same run that holds its `results.jsonl`. */
export interface MeasuredResults {
  readonly artifactId: number;
  readonly name: string;
  /** Hex SHA-256 of its zip. */
  readonly digest: string;
}

/** Several times the longest text ever written, in UTF-16 units. */
export const MAX_MEASURED = 20_000;

function share(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw new TypeError('no share');
  return value;
}

const measuredOf = object<Measured>({
  schema: oneOf(1),
  workflow: text,
  name: text,
  repository: matching(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  ref: text,
  commit: sha,
  event: matching(/^[a-z_]{1,50}$/),
  pullRequest: orNull(count),
  createdAt: time,
  answersSince: optional(time),
  run: object<Measured['run']>({ id: count, attempt: count }),
  step: text,
  shared: oneOf(true, false),
  complete: oneOf(true, false),
  regraded: optional(oneOf(true, false)),
  judge: orNull(object<Judge>({ model: line(300), prompt: count })),
  model: line(300),
  cases: count,
  grades: digest,
  results: optional(orNull(object<MeasuredResults>({ artifactId: count, name: line(300), digest }))),
  graded: optional(count),
  passRate: optional(orNull(share)),
});

/** The text of `measured.json`. Its last member is a digest of the others, which reveals edits and truncation. */
export function printMeasured(measured: Measured): string {
  return JSON.stringify({ ...measured, sha256: digestOf(measured) });
}

/** A parsed `measured.json`, or why it does not count. Anyone who can upload artifacts may have written it. */
export type ParsedMeasured =
  | { readonly ok: true; readonly measured: Measured }
  | { readonly ok: false; readonly why: 'unreadable' | 'other-version' | 'edited' };

/** Ignores members that this version does not know. */
export function parseMeasured(json: string): ParsedMeasured {
  const value = json.length > MAX_MEASURED ? undefined : parseJson(json);
  if (!isJsonObject(value)) return { ok: false, why: 'unreadable' };
  const schema = memberOf(value, 'schema');
  if (typeof schema === 'number' && Number.isInteger(schema) && schema > 1) return { ok: false, why: 'other-version' };
  const { sha256: own, ...rest } = value;
  try {
    const expected = digest(own);
    const measured = measuredOf(rest);
    return expected === digestOf(rest) ? { ok: true, measured } : { ok: false, why: 'edited' };
  } catch {
    return { ok: false, why: 'unreadable' };
  }
}

function digestOf(members: object): string {
  return sha256(JSON.stringify(members));
}
