import { isUtf8 } from 'node:buffer';
import type { Problem } from '../../errors.ts';
import { type Member, readMembers } from './members.ts';
import { mergeParams, type ParamsMerge } from './merge.ts';
import { nearest } from './nearest.ts';
import { kindOf, quoteAscii } from './value-words.ts';

/** One request of a file, ready to be sent. */
export interface Request {
  readonly customId: string;
  /** What is sent: the line's own text where nothing was merged or taken off. */
  readonly text: string;
  /** `params` after the merge. */
  readonly params: Params;
  /** The same as it stands in `text`. */
  readonly paramsText: string;
  readonly hasAssert: boolean;
}

/** What a request asks for, as parsed JSON. A name may be any text, `__proto__` included. */
export type Params = Readonly<Record<string, unknown>>;

/** A problem of a line, to which the reader adds file and number. */
export type LineProblem = Omit<Problem, 'where'>;

const WRAPPER_KEYS = ['custom_id', 'params', 'assert'];
const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const FORM = '{"custom_id": "…", "params": {…}}';

/**
 * Reads lines of request files, one by one, and checks what the API would refuse at once for the whole batch: JSON, the two
 * keys, the form of the custom id. What stands inside `params` is not judged, but that nothing telling stands there twice. No
 * text of the line stands in a problem, except a key.
 */
export function createRequestParser(merge: ParamsMerge): (bytes: Uint8Array) => Request | readonly LineProblem[] {
  // The same for every line, so parsed once.
  const under = parseMembers(merge.under);
  const over = parseMembers(merge.over);
  const merges = merge.under.size + merge.over.size > 0;
  return (bytes) => {
    const text = decodeTrimmed(bytes);
    // What is no UTF-8 is decoded as U+FFFD: only a text that has it can be wrong.
    if (text.includes('\ufffd') && !isUtf8(bytes)) {
      return [{ code: 'not-utf8', what: 'the line is not valid UTF-8', cure: 'save the file as UTF-8' }];
    }
    const line = readUsual(text) ?? readAny(text);
    if (!('customId' in line)) return line;
    const repeated = repeatedParams(line);
    if (repeated.length > 0) return repeated;
    const { customId, idText, hasAssert } = line;
    const paramsText = mergeParams(line.paramsText, merge);
    const asWritten = !hasAssert && paramsText === line.paramsText;
    return {
      customId,
      text: asWritten ? text : `{"custom_id":${idText},"params":${paramsText}}`,
      params: merges ? { ...under, ...line.params, ...over } : line.params,
      paramsText,
      hasAssert,
    };
  };
}

/** A line with nothing wrong about it. */
interface SoundLine {
  readonly customId: string;
  /** The id as it is written. */
  readonly idText: string;
  readonly params: Params;
  readonly paramsText: string;
  readonly hasAssert: boolean;
}

/**
 * Params that stand there twice. The API takes the last of them, as `JSON.parse` does, but nobody can have meant both. All are
 * scanned only where the first `max_tokens` or `model` does not look like the one that counts: a scan costs a fifth of the
 * parsing.
 */
function repeatedParams({ params, paramsText }: SoundLine): LineProblem[] {
  if (isFirst(paramsText, '"max_tokens"', params['max_tokens']) && isFirst(paramsText, '"model"', params['model']))
    return [];
  return keysThereTwice(readMembers(paramsText).map(({ name }) => name)).map((name) => ({
    code: 'repeated-key',
    what: `the key ${quoteAscii(name)} stands in params twice`,
    cure: 'keep one of them',
  }));
}

const COLON = 0x3a;

/** Whether the value behind a name where it first stands is this one, as it is usually written; also where there is none. */
function isFirst(text: string, name: string, value: unknown): boolean {
  let at = text.indexOf(name);
  if (at === -1) return true;
  at += name.length;
  while (text.charCodeAt(at) === COLON || text.charCodeAt(at) === 0x20) at += 1;
  return text.startsWith(typeof value === 'string' ? `"${value}"` : String(value), at);
}

function keysThereTwice(names: readonly string[]): string[] {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (once.has(name) ? twice : once).add(name);
  return [...twice];
}

/** How most lines begin. */
const USUAL_START = /^\{[ \t]*"custom_id"[ \t]*:[ \t]*("[a-zA-Z0-9_-]{1,64}")[ \t]*,[ \t]*"params"[ \t]*:[ \t]*(?=\{)/;

/** What stands before the assert where it comes last. */
const USUAL_ASSERT = /[ \t]*,[ \t]*$/;

/**
 * A line of the usual form: the id, then the params, then perhaps an assert, nothing else. If what stands between these is
 * JSON by itself, it is the params and the assert and nothing but them. So parsing it proves that there is no other key
 * and none twice, and the line need not be scanned for its members. Undefined for any other line, faulty ones included.
 */
function readUsual(text: string): SoundLine | undefined {
  const [start, idText] = USUAL_START.exec(text) ?? [];
  const end = endOfLastMember(text);
  if (start === undefined || idText === undefined) return undefined;
  // Params end with a brace, an assert with a bracket.
  const hasAssert = text[end - 1] === ']';
  if (!hasAssert && text[end - 1] !== '}') return undefined;
  try {
    const paramsText = text.slice(start.length, hasAssert ? endBeforeAssert(text, end) : end);
    const params = JSON.parse(paramsText);
    // Parsed, the id is a text of its own; a part of the line would keep the whole line in memory.
    return { customId: JSON.parse(idText), idText, params, paramsText, hasAssert };
  } catch {
    return undefined;
  }
}

const ASSERT = '"assert"';

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

/** Any line at all. */
function readAny(text: string): SoundLine | readonly LineProblem[] {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    return [jsonProblem(text, error)];
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line)) {
    return [{ code: 'not-an-object', what: `the line is ${kindOf(line)}, not an object`, cure: `write ${FORM}` }];
  }
  const members = readMembers(text);
  const problems = [...keyProblems(members), ...valueProblems(line)];
  if (problems.length > 0) return problems;
  const { custom_id: customId, params } = line as { custom_id: string; params: Params };
  const idText = textOf(members, 'custom_id');
  return { customId, idText, params, paramsText: textOf(members, 'params'), hasAssert: members.length > 2 };
}

function textOf(members: readonly Member[], name: string): string {
  return members.find((member) => member.name === name)?.value ?? '';
}

/** UTF-8 as text without the white space around it, as JSON has it: any other goes to the API as it is, or is no JSON. */
function decodeTrimmed(bytes: Uint8Array): string {
  let start = 0;
  let end = bytes.length;
  while (start < end && isJsonSpace(bytes[start])) start += 1;
  while (end > start && isJsonSpace(bytes[end - 1])) end -= 1;
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('utf8', start, end);
}

function isJsonSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function parseMembers(members: ReadonlyMap<string, string>): Params {
  return Object.fromEntries(Array.from(members, ([name, text]): [string, unknown] => [name, JSON.parse(text)]));
}

function keyProblems(members: readonly Member[]): LineProblem[] {
  const known = WRAPPER_KEYS.filter((key) => members.some(({ name }) => name === key));
  // As many known keys as there are members: none of them is unknown, and none is there twice.
  if (known.length === members.length) return [];
  const names = members.map(({ name }) => name);
  const problems: LineProblem[] = [];
  const once = new Set(names);
  for (const name of keysThereTwice(names)) {
    problems.push({
      code: 'repeated-key',
      what: `the key ${quoteAscii(name)} stands there twice`,
      cure: 'keep one of them',
    });
  }
  const unknown = [...once].filter((name) => !WRAPPER_KEYS.includes(name));
  const absent = WRAPPER_KEYS.filter((key) => !once.has(key));
  if (once.has('body') && absent.includes('params')) {
    const others = unknown.filter((name) => name !== 'body').map((name) => quoteAscii(name));
    const rest = others.length === 0 ? '' : ` and remove ${others.join(', ')}`;
    return [
      ...problems,
      { code: 'foreign-form', what: 'the request stands under "body"', cure: `rename "body" to "params"${rest}` },
    ];
  }
  for (const name of unknown) {
    const meant = nearest(name, absent);
    const cure = meant === undefined ? `remove it, or move it into "params"; a line is ${FORM}` : `write "${meant}"`;
    problems.push({
      code: 'unknown-key',
      what: `the API refuses the key ${quoteAscii(name)} beside custom_id and params`,
      cure,
    });
  }
  return problems;
}

/** The members of a line that are looked at. JSON has no `undefined`: what is that is not there. */
interface Wrapper {
  readonly custom_id?: unknown;
  readonly params?: unknown;
  readonly assert?: unknown;
  readonly body?: unknown;
}

function valueProblems(line: Wrapper): LineProblem[] {
  const problems: LineProblem[] = [];
  const { custom_id: id, params, assert } = line;
  if (id === undefined) {
    problems.push({
      code: 'no-custom-id',
      what: 'custom_id is missing',
      cure: 'give every request an id of its own, such as "case-1"',
    });
  } else if (typeof id !== 'string') {
    problems.push({
      code: 'custom-id-type',
      what: `custom_id is ${kindOf(id)}, not a string`,
      cure: 'write it in quotes',
    });
  } else if (!CUSTOM_ID.test(id)) {
    problems.push({
      code: 'custom-id-form',
      what: customIdFault(id),
      cure: 'use 1 to 64 of the characters A-Z a-z 0-9 _ -',
    });
  }
  if (params === undefined) {
    if (line.body === undefined) {
      problems.push({
        code: 'no-params',
        what: 'params is missing',
        cure: 'put model, max_tokens and messages into "params"',
      });
    }
  } else if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    problems.push({
      code: 'params-type',
      what: `params is ${kindOf(params)}, not an object`,
      cure: 'write "params": {"model": …, "max_tokens": …, "messages": […]}',
    });
  }
  if (assert !== undefined && !Array.isArray(assert)) {
    problems.push({
      code: 'assert-type',
      what: `assert is ${kindOf(assert)}, not a list`,
      cure: 'write "assert": […]',
    });
  }
  return problems;
}

function customIdFault(id: string): string {
  if (id === '') return 'custom_id is empty';
  if (id.length > 64 && CUSTOM_ID.test(id.slice(0, 64))) return `custom_id has ${id.length} characters`;
  const at = id.search(/[^a-zA-Z0-9_-]/);
  return `custom_id has a character that is not allowed at position ${at + 1}`;
}

function jsonProblem(text: string, error: unknown): LineProblem {
  if (text === '[' || text === '{' || text.startsWith('[{')) {
    return {
      code: 'not-jsonl',
      what: 'the file is JSON over several lines or a list, not JSON Lines',
      cure: `write one request per line: ${FORM}`,
    };
  }
  // The engine's own message quotes the line, which may hold anything: only the position is taken from it.
  const position = Error.isError(error)
    ? /at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(error.message)?.[1]
    : undefined;
  const column = position === undefined ? '' : ` (column ${Number(position) + 1})`;
  return { code: 'not-json', what: `the line is not valid JSON${column}`, cure: `write one request per line: ${FORM}` };
}
