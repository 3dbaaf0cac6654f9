import { parseJson } from '../text/json.ts';

/**
 * Yields the JSON objects and arrays in a text from the start, fenced or not. Values inside an object are part of it and not yielded;
 * values inside an array are yielded after it.
 */
export function* findJson(text: string): Generator<object> {
  const unclosed = new Set<number>();
  for (let at = text.search(/[{[]/); at !== -1; ) {
    const end = unclosed.has(at) ? undefined : endOf(text, at, unclosed);
    const value = end === undefined ? undefined : parseJson(text.slice(at, end));
    const isFound = typeof value === 'object' && value !== null;
    if (isFound) yield value;
    at = nextBracket(text, isFound && !Array.isArray(value) && end !== undefined ? end : at + 1);
  }
}

const OPEN = /[{[]/g;

function nextBracket(text: string, from: number): number {
  OPEN.lastIndex = from;
  return OPEN.exec(text)?.index ?? -1;
}

/** The tokens that matter between brackets. JSON strings have no line breaks, so a line break ends the search. */
const TOKEN = /[[\]{}]|"(?:[^"\\\n\r]|\\.)*("?)/g;

/**
 * The index after the bracket that closes the one at `start`. Undefined if nothing closes it; then every bracket still open is unclosed
 * too, which saves searching again from each of them.
 */
function endOf(text: string, start: number, unclosed: Set<number>): number | undefined {
  const open: number[] = [];
  TOKEN.lastIndex = start;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [found, closingQuote] = token;
    if (found === '[' || found === '{') open.push(token.index);
    else if (found === ']' || found === '}') {
      if (text[open.at(-1) ?? -1] !== (found === ']' ? '[' : '{')) break;
      open.pop();
      if (open.length === 0) return TOKEN.lastIndex;
    } else if (closingQuote === '') break;
  }
  for (const at of open) unclosed.add(at);
  return undefined;
}
