import { skipSpace } from './members.ts';
import type { Params } from './params.ts';

/** The parts of a line with nothing wrong about it. */
export interface SoundLine {
  readonly customId: string;
  readonly params: Params;
  /** As they are written. */
  readonly paramsText: string;
  readonly hasAssert: boolean;
}

/**
 * A line of the usual form: the id, then the params, then perhaps an assert, nothing else. If what stands between these is
 * JSON by itself, it is the params and the assert and nothing but them. So parsing it proves that there is no other key
 * and none twice, and the line need not be scanned for its members. Undefined for any other line, faulty ones included.
 */
export function readUsual(text: string): SoundLine | undefined {
  const id = valueAt(text, 1, '"custom_id"');
  const idEnd = endOfId(text, id);
  const comma = skipSpace(text, idEnd);
  const start = valueAt(text, comma + 1, '"params"');
  if (text.charCodeAt(0) !== OPEN || idEnd === -1 || text.charCodeAt(comma) !== COMMA) return undefined;
  if (text.charCodeAt(start) !== OPEN) return undefined;
  const end = endOfLastMember(text);
  // Params end with a brace, an assert with a bracket.
  const hasAssert = text[end - 1] === ']';
  if (!hasAssert && text[end - 1] !== '}') return undefined;
  try {
    const paramsText = text.slice(start, hasAssert ? endBeforeAssert(text, end) : end);
    const params = JSON.parse(paramsText);
    // Parsed, the id is a text of its own; a part of the line would keep the whole line in memory.
    return { customId: JSON.parse(text.slice(id, idEnd)), params, paramsText, hasAssert };
  } catch {
    return undefined;
  }
}

const OPEN = 0x7b;
const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const MOST_OF_ID = 64;

/** Where the value of a member begins that stands at this place and has this name, written in quotes; -1 where none does. */
export function valueAt(text: string, at: number, name: string): number {
  const start = skipSpace(text, at);
  if (!text.startsWith(name, start)) return -1;
  const colon = skipSpace(text, start + name.length);
  return text.charCodeAt(colon) === COLON ? skipSpace(text, colon + 1) : -1;
}

/** Behind the closing quote of an id that begins at this place and may be one; -1 where none does. */
function endOfId(text: string, at: number): number {
  if (text.charCodeAt(at) !== QUOTE) return -1;
  let end = at + 1;
  while (isOfId(text.charCodeAt(end))) end += 1;
  const length = end - at - 1;
  return text.charCodeAt(end) === QUOTE && length >= 1 && length <= MOST_OF_ID ? end + 1 : -1;
}

/** A-Z a-z 0-9 _ - */
function isOfId(code: number): boolean {
  const small = code | 0x20;
  return (small >= 0x61 && small <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x2d;
}

const ASSERT = '"assert"';

/** What stands before the assert where it comes last. */
const USUAL_ASSERT = /[ \t]*,[ \t]*$/;

/** Where the params end, before the last `, "assert": […]`. Throws where that is not what stands there. */
function endBeforeAssert(text: string, end: number): number {
  const at = text.lastIndexOf(ASSERT, end);
  const [, colon] = /^([ \t]*:)/.exec(text.slice(at + ASSERT.length, at + ASSERT.length + 16)) ?? [];
  const comma = USUAL_ASSERT.exec(text.slice(Math.max(0, at - 16), at))?.[0];
  if (at === -1 || colon === undefined || comma === undefined) throw new SyntaxError('no assert at the end');
  JSON.parse(text.slice(at + ASSERT.length + colon.length, end));
  return at - comma.length;
}

/** Where the space begins before the last brace, or that brace. */
function endOfLastMember(text: string): number {
  let end = text.endsWith('}') ? text.length - 1 : 0;
  while (text[end - 1] === ' ') end -= 1;
  return end;
}
