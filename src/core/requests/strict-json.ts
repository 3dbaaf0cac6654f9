import type { StrictFault } from '../messages/request-problems.ts';

/** The API counts the levels of the whole body; three of them are around params. */
const MAX_DEPTH = 1_024 - 3;

/**
 * What the API's parser would refuse in this JSON, which `JSON.parse` made `value` of, with 400 for the batch as a whole:
 * half of a surrogate pair as an escape, a number beyond double precision's range, nesting beyond 1,024 levels. The words
 * of its answers are those of orjson, and so are the limits. Undefined where it takes the text.
 */
export function strictFault(text: string, value: unknown): StrictFault | undefined {
  return indexOfLoneSurrogate(text) === -1 ? valueFault(value, MAX_DEPTH) : 'lone-surrogate';
}

/** Half a pair, unless the escape before it or its own backslash is none: one search, where most texts end. */
const SUSPECT = /\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..\\u[dD])[c-fC-F])|\\\\u[dD][89abAB]/;

/** An escaped pair, a half alone (captured), or any other escape: taken in order, so that `\\ud83d` is none. */
const ESCAPES = /\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F])|.)/g;

/** Where the first escape of half a surrogate pair begins; -1 where there is none. UTF-8 cannot write one as it is. */
export function indexOfLoneSurrogate(text: string): number {
  // Nearly no text gets beyond this search, which is much quicker than any expression.
  if (!text.includes('\\ud') && !text.includes('\\uD')) return -1;
  if (!SUSPECT.test(text)) return -1;
  ESCAPES.lastIndex = 0;
  for (let found = ESCAPES.exec(text); found !== null; found = ESCAPES.exec(text))
    if (found[1] !== undefined) return found.index;
  return -1;
}

/** A number beyond double precision's range, or more levels than this. Strings are leaves here, so this is quick however long they are. */
export function valueFault(value: unknown, levels: number): Exclude<StrictFault, 'lone-surrogate'> | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'infinite-number';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return 'too-deep';
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    const fault = valueFault(member, levels - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
