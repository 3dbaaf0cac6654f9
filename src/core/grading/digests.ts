import { isJsonObject } from '../text/json.ts';
import { sha256 } from '../text/sha256.ts';

/** Of what is asked: the params as they are sent, as text or in UTF-8. */
export function requestDigest(params: string | Uint8Array): string {
  return sha256(params);
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
  return sha256(
    `[[${asserts.join(',')}],${threshold ?? null},${schemaTexts.size === 0 ? '[]' : JSON.stringify([...schemaTexts].sort())}]`,
  );
}

/** A value of JSON in one way only, whatever the order of keys. Not for reading. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const names = sortNames(Object.keys(value));
  // As pairs: an object would sort names that are numbers by itself, and has no name __proto__.
  const members = names.map((name) => `[${JSON.stringify(name)},${canonicalJson(value[name])}]`);
  return `{"members":[${members.join(',')}]}`;
}

/** The garbage of a sort, of which there is one for each object of each assert, is larger than most objects. */
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
