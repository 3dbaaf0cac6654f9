/** A member of a JSON object as it is written: the decoded name and the text of its value. */
export interface Member {
  readonly name: string;
  readonly value: string;
}

/**
 * The members of an object in their order, with the exact text of each value, so that what nobody changed goes out as it
 * was written (numbers beyond double precision, spacing, escapes).
 *
 * `text` must be an object that `JSON.parse` accepts; nothing is checked again here.
 */
export function readMembers(text: string): Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const nameEnd = skipString(text, at);
    const start = skipSpace(text, text.indexOf(':', nameEnd) + 1);
    const end = skipValue(text, start);
    members.push({ name: decodeName(text.slice(at, nameEnd)), value: text.slice(start, end) });
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return members;
}

/** An object with these members, in their order. */
export function writeMembers(members: Iterable<Member>): string {
  return `{${Array.from(members, ({ name, value }) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const STRUCTURE = /["[\]{}]/g;
const SCALAR_END = /[\s,\]}]/g;

function decodeName(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function skipSpace(text: string, at: number): number {
  let i = at;
  for (let code = text.charCodeAt(i); code === 0x20 || (code >= 0x09 && code <= 0x0d); code = text.charCodeAt(i))
    i += 1;
  return i;
}

/** From the opening quote to behind the closing one. */
function skipString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function skipValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  if (first !== '{' && first !== '[') {
    SCALAR_END.lastIndex = at;
    return SCALAR_END.exec(text)?.index ?? text.length;
  }
  let depth = 0;
  let i = at;
  for (;;) {
    STRUCTURE.lastIndex = i;
    const next = STRUCTURE.exec(text);
    if (next === null) return text.length;
    if (next[0] === '"') {
      i = skipString(text, next.index);
    } else {
      i = next.index + 1;
      depth += next[0] === '{' || next[0] === '[' ? 1 : -1;
      if (depth === 0) return i;
    }
  }
}
