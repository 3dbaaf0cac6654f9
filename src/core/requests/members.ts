/** A member of a JSON object as written: the decoded name and the text of its value. */
export interface Member {
  readonly name: string;
  readonly value: string;
}

/** A parsed member. */
export interface ReadMember extends Member {
  /** Where its value starts in the text. */
  readonly start: number;
  /** How many keys its value contains, at any depth. */
  readonly keys: number;
  /** Whether its own name, or a key in its value, is written with an escape. */
  readonly hasEscapedKey: boolean;
}

/**
 * An object's members in order, with the exact text of each value, so that unchanged values are sent as written (numbers beyond double
 * precision, spacing, escapes).
 *
 * `text` must be an object that `JSON.parse` accepts; this does not check it again.
 */
export function readMembers(text: string): ReadMember[] {
  const members: ReadMember[] = [];
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const nameEnd = skipString(text, at);
    const start = skipSpace(text, text.indexOf(':', nameEnd) + 1);
    const { end, keys, hasEscapedKey: within } = skipValue(text, start);
    const hasEscapedKey = within || isEscaped(text, at, nameEnd);
    members.push({ name: decodeName(text, at, nameEnd), value: text.slice(start, end), start, keys, hasEscapedKey });
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return members;
}

/** The texts of a list's elements, in order; empty for any other text. `text` must be JSON that `JSON.parse` accepts. */
export function readElements(text: string): string[] {
  const elements: string[] = [];
  if (!text.startsWith('[')) return elements;
  let at = skipSpace(text, 1);
  while (at < text.length - 1) {
    const { end } = skipValue(text, at);
    elements.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return elements;
}

/** Writes an object with these members, in order. */
export function writeMembers(members: Iterable<Member>): string {
  return `{${Array.from(members, ({ name, value }) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const SCALAR_END = /[\s,\]}]/g;

/** Decodes the name between `at`, its opening quote, and `end`, after its closing one. */
export function decodeName(text: string, at: number, end: number): string {
  const name = text.slice(at + 1, end - 1);
  return name.includes('\\') ? String(JSON.parse(`"${name}"`)) : name;
}

/** Whether the text between these places contains an escape. */
function isEscaped(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === BACKSLASH) return true;
  return false;
}

/**
 * The same JSON with each key as `JSON.stringify` writes it. V8 13.6 (Node 24) compares the raw text of a key with the key it expects
 * from an earlier object: after an object with the key `mode\\`, it takes `"mode\u006c"` for that key.
 */
export function unescapeKeys(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('"'); at !== -1; ) {
    const end = skipString(text, at);
    if (text.charCodeAt(skipSpace(text, end)) === COLON && isEscaped(text, at, end)) {
      parts.push(text.slice(from, at), JSON.stringify(decodeName(text, at, end)));
      from = end;
    }
    at = text.indexOf('"', end);
  }
  return parts.length === 0 ? text : `${parts.join('')}${text.slice(from)}`;
}

/** The index after any white space that starts here. */
export function skipSpace(text: string, at: number): number {
  let end = at;
  while (isJsonSpace(text.charCodeAt(end))) end += 1;
  return end;
}

/** Whether a byte or character is JSON white space. */
export function isJsonSpace(code: number | undefined): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** The index after the string that starts here. */
export function skipString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** A skipped value: the index after it, and its keys. */
interface Passed {
  readonly end: number;
  readonly keys: number;
  readonly hasEscapedKey: boolean;
}

function skipValue(text: string, at: number): Passed {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return { end: skipString(text, at), keys: 0, hasEscapedKey: false };
  if (!isOpening(first)) {
    SCALAR_END.lastIndex = at;
    return { end: SCALAR_END.exec(text)?.index ?? text.length, keys: 0, hasEscapedKey: false };
  }
  return skipNested(text, at);
}

/**
 * Skips from an opening bracket past its closing one. This scans every line. Nearly all bytes are in strings, which `indexOf` skips many
 * at a time; the few others are examined one by one, where a regular expression would take three times as long.
 */
function skipNested(text: string, at: number): Passed {
  let depth = 0;
  let keys = 0;
  let hasEscapedKey = false;
  /** The last string's bounds; it is a key if a colon follows. */
  let from = at;
  let to = at;
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      from = i;
      to = skipString(text, i);
      i = to;
      continue;
    }
    i += 1;
    if (isOpening(code)) {
      depth += 1;
    } else if (isClosing(code)) {
      depth -= 1;
      if (depth === 0) return { end: i, keys, hasEscapedKey };
    } else if (code === COLON) {
      keys += 1;
      hasEscapedKey ||= isEscaped(text, from, to);
    }
  }
  return { end: text.length, keys, hasEscapedKey };
}

/** `{` or `[`. */
function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

/** `}` or `]`. */
function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}
