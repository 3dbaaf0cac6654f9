import { isUtf8 } from 'node:buffer';
import type { Problem } from '../../errors.ts';
import { readMembers } from './members.ts';
import { mergeParams, type ParamsMerge } from './merge.ts';
import { nearest } from './nearest.ts';

/** One request of a file, ready to be sent. */
export interface Request {
  readonly customId: string;
  /** What is sent: the line's own text where nothing was merged or taken off. */
  readonly text: string;
  /** `params.model` after the merge, where it is a string. */
  readonly model: string | undefined;
  readonly hasAssert: boolean;
}

/** A problem of a line, to which the reader adds file and number. */
export type LineProblem = Omit<Problem, 'where'>;

const WRAPPER_KEYS = ['custom_id', 'params', 'assert'];
const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;
/** White space as JSON has it: any other goes to the API as it is, or is no JSON. */
const JSON_SPACE = /^[ \t\r\n]+|[ \t\r\n]+$/g;
const FORM = '{"custom_id": "…", "params": {…}}';

/**
 * Reads one line of a request file and checks what the API would refuse at once for the whole batch: JSON, the two
 * keys, the form of the custom id. What stands inside `params` is not judged. No text of the line stands in a problem,
 * except a key.
 */
export function parseRequest(bytes: Uint8Array, merge: ParamsMerge): Request | readonly LineProblem[] {
  if (!isUtf8(bytes)) {
    return [{ code: 'not-utf8', what: 'the line is not valid UTF-8', cure: 'save the file as UTF-8' }];
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').replace(JSON_SPACE, '');
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
  const problems = [...keyProblems(members.map((m) => m.name)), ...valueProblems(new Map(Object.entries(line)))];
  if (problems.length > 0) return problems;

  const values = new Map(members.map((m) => [m.name, m.value]));
  const id = values.get('custom_id') ?? '';
  const params = values.get('params') ?? '';
  const merged = mergeParams(params, merge);
  const hasAssert = values.has('assert');
  return {
    customId: String(JSON.parse(id)),
    text: hasAssert || merged !== params ? `{"custom_id":${id},"params":${merged}}` : text,
    model: modelOf(line, merge),
    hasAssert,
  };
}

function modelOf(line: object, merge: ParamsMerge): string | undefined {
  const params = 'params' in line && typeof line.params === 'object' ? line.params : null;
  const own: unknown = params !== null && 'model' in params ? params.model : parseText(merge.under.get('model'));
  const model = merge.over.has('model') ? parseText(merge.over.get('model')) : own;
  return typeof model === 'string' ? model : undefined;
}

function parseText(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function keyProblems(names: readonly string[]): LineProblem[] {
  const problems: LineProblem[] = [];
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (once.has(name) ? twice : once).add(name);
  for (const name of twice) {
    problems.push({
      code: 'repeated-key',
      what: `the key ${quote(name)} stands there twice`,
      cure: 'keep one of them',
    });
  }
  const unknown = [...once].filter((name) => !WRAPPER_KEYS.includes(name));
  const absent = WRAPPER_KEYS.filter((key) => !once.has(key));
  if (once.has('body') && absent.includes('params')) {
    const others = unknown.filter((name) => name !== 'body').map(quote);
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
      what: `the API refuses the key ${quote(name)} beside custom_id and params`,
      cure,
    });
  }
  return problems;
}

function valueProblems(line: ReadonlyMap<string, unknown>): LineProblem[] {
  const problems: LineProblem[] = [];
  const looksForeign = line.has('body') && !line.has('params');
  const id = line.get('custom_id');
  if (!line.has('custom_id')) {
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
  const params = line.get('params');
  if (!line.has('params')) {
    if (!looksForeign) {
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
  if (line.has('assert') && !Array.isArray(line.get('assert'))) {
    problems.push({
      code: 'assert-type',
      what: `assert is ${kindOf(line.get('assert'))}, not a list`,
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

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A key of the file, printable on one line: at most 40 characters, everything but plain ASCII escaped. */
function quote(name: string): string {
  const short = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  return JSON.stringify(short).replace(/[^\x20-\x7e…]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
