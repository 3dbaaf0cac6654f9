import type { MetadataFault } from '../messages/assert-problems.ts';
import type { ProblemData } from '../messages/problems.ts';
import { kindOf } from '../text/describe-value.ts';
import { elementsOf, isJsonObject, type JsonObject } from '../text/json.ts';
import { readElements } from './members.ts';

/** A value that reports can group rows by. */
export type Scalar = string | number | boolean | null;

/** A line's settings for grading its answer; none of them is sent. */
export interface GradingKeys {
  /** Parsed, but not validated. */
  readonly asserts: readonly unknown[];
  /** The same as JSON on one line without tabs; mostly exactly as written. */
  readonly assertTexts: readonly string[];
  /** The weighted mean score to reach; above 0 and up to 1. Undefined if no assert may fail. */
  readonly threshold: number | undefined;
  /** Whether this case must pass, whatever the others do. */
  readonly required: boolean;
  readonly metadata: ReadonlyMap<string, Scalar>;
}

/** The keys in a line. */
export type GradingKey = 'assert' | 'threshold' | 'required' | 'metadata';

/** The settings of a line without any of these keys. */
export const NO_GRADING: GradingKeys = {
  asserts: [],
  assertTexts: [],
  threshold: undefined,
  required: false,
  metadata: new Map(),
};

/** The settings of a line whose keys have no problems. `assertText`: the key `assert` as written. */
export function readGradingKeys(
  { assert, threshold, required, metadata }: JsonObject,
  assertText: string | undefined,
): GradingKeys {
  const asserts = elementsOf(assert);
  return {
    asserts,
    assertTexts: assertText === undefined ? NO_GRADING.assertTexts : textsOf(asserts, assertText),
    threshold: typeof threshold === 'number' ? threshold : undefined,
    required: required === true,
    metadata: readMetadata(metadata) ?? NO_GRADING.metadata,
  };
}

function textsOf(asserts: readonly unknown[], written: string): readonly string[] {
  return /[\t\r\n]/.test(written) ? asserts.map((one) => JSON.stringify(one)) : readElements(written);
}

/** Problems of these keys' values; the asserts themselves are checked elsewhere. */
export function gradingKeyProblems({ assert, threshold, required, metadata }: JsonObject): readonly ProblemData[] {
  const problems: ProblemData[] = [];
  if (assert !== undefined && !Array.isArray(assert)) problems.push({ code: 'assert-type', found: kindOf(assert) });
  const isShare = typeof threshold === 'number' && threshold > 0 && threshold <= 1;
  if (threshold !== undefined && !isShare) problems.push({ code: 'threshold-value' });
  if (required !== undefined && typeof required !== 'boolean')
    problems.push({ code: 'required-value', found: kindOf(required) });
  const fault = metadata === undefined ? undefined : metadataFault(metadata);
  if (fault !== undefined) problems.push({ code: 'metadata-value', fault });
  return problems;
}

/** Metadata ends up in each line of grades.jsonl and in the comment, so it is limited. */
export const MAX_METADATA = { members: 20, name: 64, text: 256 };

/** Parses metadata from any source; undefined if it is malformed. */
export function readMetadata(value: unknown): ReadonlyMap<string, Scalar> | undefined {
  if (!isJsonObject(value) || metadataFault(value) !== undefined) return undefined;
  return new Map(Object.entries(value).flatMap(([name, one]) => (isScalar(one) ? [[name, one] as const] : [])));
}

function metadataFault(value: unknown): MetadataFault | undefined {
  if (!isJsonObject(value)) return 'type';
  const members = Object.entries(value);
  if (members.length > MAX_METADATA.members) return 'count';
  if (members.some(([name]) => name === '' || name.length > MAX_METADATA.name)) return 'name';
  return members.every(([, one]) => isScalar(one)) ? undefined : 'value';
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'string') return value.length <= MAX_METADATA.text;
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
