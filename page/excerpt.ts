import { toPlainLine } from '../src/core/text/untrusted-text.ts';

/** More than the widest line shows. */
const LENGTH = 200;
const MORE = 40;
/** Characters before the hit. */
const BEFORE = 30;

/** The beginning of a text on one line, or a later part of it where only that has a word of the search. */
export function excerptOf(text: string, words: readonly string[]): string {
  const at = words.length === 0 ? 0 : firstHit(text, words);
  const start = at <= BEFORE * 2 ? 0 : at - BEFORE;
  // Some more, since blanks become one.
  const line = toPlainLine(text.slice(start, start + LENGTH + MORE), LENGTH);
  return start === 0 ? line : `\u2026${line}`;
}

function firstHit(text: string, words: readonly string[]): number {
  const lower = text.toLowerCase();
  const hits = words.map((word) => lower.indexOf(word)).filter((at) => at !== -1);
  return hits.length === 0 ? 0 : Math.min(...hits);
}
