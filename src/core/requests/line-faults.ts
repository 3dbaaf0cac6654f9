import { nearest } from '../text/nearest.ts';
import { kindOf, quoteAscii } from '../text/value-words.ts';
import type { Member } from './members.ts';
import type { LineProblem } from './params.ts';

const WRAPPER_KEYS = ['custom_id', 'params', 'assert'];
const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const FORM = '{"custom_id": "…", "params": {…}}';

/** Names that are among these more than once. */
export function keysThereTwice(names: readonly string[]): string[] {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (once.has(name) ? twice : once).add(name);
  return [...twice];
}

/** What is wrong with a line that is JSON and no object. */
export function objectProblem(line: unknown): LineProblem {
  return { code: 'not-an-object', what: `the line is ${kindOf(line)}, not an object`, cure: `write ${FORM}` };
}

/** What is wrong with the keys of a line. */
export function keyProblems(members: readonly Member[]): LineProblem[] {
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

/** What is wrong with the values of its known keys. */
export function valueProblems(line: Wrapper): LineProblem[] {
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

/** What is wrong with a line that is no JSON. */
export function jsonProblem(text: string, error: unknown): LineProblem {
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
