import { isJsonObject } from '../text/json.ts';
import { sha256 } from '../text/sha256.ts';

/** Of what is asked: the params as they are sent. */
export function requestDigest(paramsText: string): string {
  return sha256(paramsText);
}

/** What a case is graded by. */
export interface Graders {
  /** As they are written, default ones first. */
  readonly asserts: readonly unknown[];
  readonly threshold: number | undefined;
  /** Path → text of the schemas that are in files. */
  readonly schemaTexts: ReadonlyMap<string, string>;
}

/** Of what is asserted: the same whatever the order of keys. */
export function assertsDigest({ asserts, threshold, schemaTexts }: Graders): string {
  return sha256(JSON.stringify([asserts, threshold ?? null, [...schemaTexts].sort()].map(sortKeys)));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  // As pairs: an object would sort names that are numbers by itself, and has no name __proto__.
  return { members: names.map((name) => [name, sortKeys(value[name])]) };
}
