import { isJsonObject } from '../text/json.ts';
import { sha256 } from '../text/sha256.ts';

/** Digest of a request: the params as sent, as text or in UTF-8. */
export function requestDigest(params: string | Uint8Array): string {
  return sha256(params);
}

/** What a case is graded by. */
export interface Graders<Written = unknown> {
  /** As written, default ones first. */
  readonly asserts: readonly Written[];
  readonly threshold: number | undefined;
  /** Path → text of schema files. */
  readonly schemaTexts: ReadonlyMap<string, string>;
}

/** Digest of the asserts, independent of key order. */
export function assertsDigest({ asserts, ...rest }: Graders): string {
  return digestOfTexts({ asserts: asserts.map(canonicalJson), ...rest });
}

/** The same for asserts already printed by `canonicalJson`. */
export function digestOfTexts({ asserts, threshold, schemaTexts }: Graders<string>): string {
  return sha256(
    `[[${asserts.join(',')}],${threshold ?? null},${schemaTexts.size === 0 ? '[]' : JSON.stringify([...schemaTexts].sort())}]`,
  );
}

/** One canonical text of a JSON value, independent of key order. Not meant to be parsed. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const names = sortNames(Object.keys(value));
  // As pairs: an object would reorder numeric names, and cannot hold `__proto__`.
  const members = names.map((name) => `[${JSON.stringify(name)},${canonicalJson(value[name])}]`);
  return `{"members":[${members.join(',')}]}`;
}

/** Sorting runs for each object of each assert, and its garbage is larger than most of these objects. */
const FEW = 8;

function sortNames(names: string[]): readonly string[] {
  if (names.length > FEW) return names.sort();
  for (let sorted = 1; sorted < names.length; sorted += 1)
    for (let at = sorted; at > 0; at -= 1) {
      const [before = '', name = ''] = [names[at - 1], names[at]];
      if (before <= name) break;
      names[at - 1] = name;
      names[at] = before;
    }
  return names;
}
