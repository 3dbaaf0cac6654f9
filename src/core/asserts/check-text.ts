import { parseJson } from '../text/json.ts';
import type { Check } from './assert.ts';
import { deepEquals } from './deep-equals.ts';
import { differenceOf, endOf, singleDifferenceOf, startOf, whereTheyDiffer } from './difference.ts';
import type { Finding } from './finding.ts';

type Of<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

/** Compares text with text exactly; any other value with the text parsed as JSON. */
export function checkEquals({ value }: Of<'equals'>, text: string): Finding {
  const isText = typeof value === 'string' || typeof value === 'number';
  const expected = isText ? String(value) : JSON.stringify(value);
  const holdsFor = (one: string): boolean => (isText ? one === expected : deepEquals(parseJson(one), value));
  if (holdsFor(text)) return { holds: true, reason: { code: 'equal', expected: startOf(expected) } };
  const only = differenceOf(text, (fold) =>
    isText ? fold(text) === fold(expected) : deepEquals(parseJson(fold(text)), parseJson(fold(expected))),
  );
  const isJson = isText || parseJson(text) !== undefined;
  const [shown, found] = isText ? whereTheyDiffer(expected, text) : [startOf(expected), startOf(text)];
  return {
    holds: false,
    reason: { code: 'unequal', expected: shown, found: isJson || only.length > 0 ? found : undefined, only },
  };
}

/** How many texts a reason names, and how much of each. */
const MAX_NAMED = 3;
const NAMED_LENGTH = 60;

export function checkContains({ texts, need, ignoreCase }: Of<'contains'>, text: string): Finding {
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  const folded = fold(text);
  const found = texts.filter((one) => folded.includes(fold(one)));
  const holds = need === 'all' ? found.length === texts.length : found.length > 0;
  const name = (list: readonly string[]) => ({
    texts: list.slice(0, MAX_NAMED).map((one) => startOf(one, NAMED_LENGTH)),
    count: list.length,
  });
  if (holds) return { holds, reason: { code: 'texts-found', ...name(found) } };
  const missing = texts.filter((one) => !found.includes(one));
  // A code fence surrounds a text, so it cannot keep it from containing another.
  const only = differenceOf(text, (foldAlike) => {
    const alike = foldAlike(text);
    const has = (one: string): boolean => alike.includes(foldAlike(one));
    return missing.length > 0 && (need === 'all' ? missing.every(has) : missing.some(has));
  });
  return { holds, reason: { code: 'texts-missing', ...name(missing), only } };
}

export function checkAffix({ at, text: affix }: Of<'affix'>, text: string): Finding {
  const has = (one: string, other: string): boolean => (at === 'start' ? one.startsWith(other) : one.endsWith(other));
  const is = has(text, affix);
  const only = is ? [] : differenceOf(text, (fold) => has(fold(text), fold(affix)));
  const cut = at === 'start' ? startOf : endOf;
  return { holds: is, reason: { code: 'affix', at, text: startOf(affix), found: cut(text), is, only } };
}

/** Run it with a time limit. */
export function checkRegex({ pattern }: Of<'regex'>, text: string): Finding {
  const found = pattern.find(text);
  if (found !== undefined) return { holds: true, reason: { code: 'pattern-matched', found: startOf(found) } };
  const only = singleDifferenceOf(text, (folded) => pattern.find(folded) !== undefined);
  const shown = { pattern: startOf(pattern.source), found: startOf(text) };
  return { holds: false, reason: { code: 'pattern-unmatched', ...shown, only } };
}

export function checkWordCount({ min, max }: Of<'word-count'>, text: string): Finding {
  const words = text.match(/\S+/g)?.length ?? 0;
  const is = words >= (min ?? 0) && words <= (max ?? words);
  return { holds: is, reason: { code: 'word-count', words, min, max, is } };
}
