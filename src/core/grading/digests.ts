import { isJsonObject } from '../text/json.ts';
import { sha256 } from '../text/sha256.ts';

/** Of what is asked: the params as they are sent. */
export function requestDigest(paramsText: string): string {
  return sha256(paramsText);
}

/** What a case is graded by. */
export interface Graders<Written = unknown> {
  /** As they are written, default ones first. */
  readonly asserts: readonly Written[];
  readonly threshold: number | undefined;
  /** Path → text of the schemas that are in files. */
  readonly schemaTexts: ReadonlyMap<string, string>;
}

/** Of what is asserted: the same whatever the order of keys. */
export function assertsDigest({ asserts, ...rest }: Graders): string {
  return digestOfTexts({ asserts: asserts.map(canonicalJson), ...rest });
}

/** The same of asserts that `canonicalJson` has printed. */
export function digestOfTexts({ asserts, threshold, schemaTexts }: Graders<string>): string {
  return sha256(`[[${asserts.join(',')}],${threshold ?? null},${JSON.stringify([...schemaTexts].sort())}]`);
}

/** A value as JSON in one way only, whatever the order of keys. Not for reading. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  // As pairs: an object would sort names that are numbers by itself, and has no name __proto__.
  return { members: names.map((name) => [name, sortKeys(value[name])]) };
}
