import type { ForeignWord } from '../messages/request-problems.ts';
import { skipSpace } from './members.ts';

/** Where a text stops being valid JSON. */
export interface JsonFault {
  /** Index of the first invalid character; the text's length if it ends too early. */
  readonly index: number;
  /** The word at that place, if it belongs to another language. */
  readonly word: ForeignWord | undefined;
}

const FOREIGN_WORDS: readonly ForeignWord[] = ['NaN', 'Infinity', '-Infinity', 'None', 'True', 'False', 'undefined'];

/** What may come next. */
type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'comma-or-end';

/**
 * Finds the first fault of a text that `JSON.parse` rejects, because the engine gives no position for long texts. Undefined for valid
 * JSON. Runs in linear time, and nesting costs no stack.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = skipSpace(text, 0); at < text.length || expected !== 'comma-or-end'; at = skipSpace(text, at)) {
    const next = text[at] ?? '';
    const isEnd = next !== '' && next === END_OF.get(open.at(-1) ?? '') && expected !== 'value' && expected !== 'name';
    if (isEnd) {
      open.pop();
      expected = 'comma-or-end';
      at += 1;
    } else if (expected === 'comma-or-end') {
      if (next !== ',' || open.length === 0) return { index: at, word: undefined };
      expected = open.at(-1) === '{' ? 'name' : 'value';
      at += 1;
    } else if (expected === 'name' || expected === 'name-or-end') {
      const { end, isWhole } = next === '"' ? scanText(text, at) : { end: at, isWhole: false };
      const colon = isWhole ? skipSpace(text, end) : end;
      if (!isWhole || text[colon] !== ':') return { index: colon, word: undefined };
      expected = 'value';
      at = colon + 1;
    } else if (next === '{' || next === '[') {
      open.push(next);
      expected = next === '{' ? 'name-or-end' : 'value-or-end';
      at += 1;
    } else {
      const { end, isWhole } = next === '"' ? scanText(text, at) : scanScalar(text, at);
      if (!isWhole) return { index: end, word: FOREIGN_WORDS.find((word) => text.startsWith(word, at)) };
      expected = 'comma-or-end';
      at = end;
    }
  }
  return open.length === 0 ? undefined : { index: text.length, word: undefined };
}

const END_OF: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
]);

/** Where a value stops being valid JSON, and whether it is complete there. */
interface Scanned {
  readonly end: number;
  readonly isWhole: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a text.
const SPECIAL = /["\\\x00-\x1f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const BROKEN_ESCAPE = /\\(?:u[\da-fA-F]{0,3})?/y;

function scanText(text: string, at: number): Scanned {
  SPECIAL.lastIndex = at + 1;
  for (let found = SPECIAL.exec(text); found !== null; found = SPECIAL.exec(text)) {
    const { index } = found;
    if (text[index] === '"') return { end: index + 1, isWhole: true };
    const end = behind(ESCAPE, text, index);
    if (end === index) return { end: behind(BROKEN_ESCAPE, text, index), isWhole: false };
    SPECIAL.lastIndex = end;
  }
  return { end: text.length, isWhole: false };
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function scanScalar(text: string, at: number): Scanned {
  const end = behind(SCALAR, text, at);
  return { end, isWhole: end > at };
}

/** The index after the expression's match at this place; the place itself without a match. */
function behind(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}

const NUMBER = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d*)?$|^[+-]?0[xX][\da-fA-F]+$/;
/** Longer numbers are only examined in part. */
const MOST_DIGITS = 40;

/** Whether this place has a number in a form that JSON does not allow, such as `.5`, `+1`, `01` or `1_000`. */
export function isForeignNumber(text: string, index: number): boolean {
  const [before = ''] = /[\w.+-]*$/.exec(text.slice(Math.max(0, index - MOST_DIGITS), index)) ?? [];
  const [rest = ''] = /^[\w.+-]*/.exec(text.slice(index, index + MOST_DIGITS)) ?? [];
  const word = before + rest;
  return NUMBER.test(word) && behind(SCALAR, word, 0) !== word.length;
}
