import type { MetadataFault } from '../messages/assert-problems.ts';
import type { ProblemData } from '../messages/problems.ts';
import { kindOf } from '../text/describe-value.ts';
import { elementsOf, isJsonObject, type JsonObject } from '../text/json.ts';
import { readElements } from './members.ts';

/** A value that rows of a report can be made of. */
export type Scalar = string | number | boolean | null;

/** What a line says about grading its answer; none of it is sent. */
export interface GradingKeys {
  /** As they were parsed, and not checked. */
  readonly asserts: readonly unknown[];
  /** The same as JSON on one line without tabs: as they are written, for most. */
  readonly assertTexts: readonly string[];
  /** Weighted mean of the scores that is needed; above 0 and up to 1. Undefined where no assert may fail. */
  readonly threshold: number | undefined;
  /** Whether this case has to pass, whatever the others do. */
  readonly required: boolean;
  readonly metadata: ReadonlyMap<string, Scalar>;
}

/** Those keys. */
export type GradingKey = 'assert' | 'threshold' | 'required' | 'metadata';

/** What a line without any of these keys says. */
export const NO_GRADING: GradingKeys = {
  asserts: [],
  assertTexts: [],
  threshold: undefined,
  required: false,
  metadata: new Map(),
};

/** The values of these keys of a line that has no problem with them. `assertText`: of the key `assert`, as it is written. */
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

/** What is wrong with the values of these keys; the asserts themselves are checked elsewhere. */
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

/** Metadata goes into each line of grades.jsonl and into the comment. */
export const MAX_METADATA = { members: 20, name: 64, text: 256 };

/** Metadata of any origin; undefined where it is anything else. */
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
