import type { ProblemData } from '../messages/problems.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { type GradingKey, gradingKeyProblems } from './grading-keys.ts';
import { findJsonFault, isForeignNumber } from './json-fault.ts';
import type { Member } from './members.ts';

/** A line's keys. */
export type WrapperKey = 'custom_id' | 'params' | GradingKey;
const WRAPPER_KEYS: readonly WrapperKey[] = ['custom_id', 'params', 'assert', 'threshold', 'required', 'metadata'];
const isKnown = (name: string): boolean => WRAPPER_KEYS.some((key) => key === name);

/** The form of a custom id. */
export const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** Names that occur more than once. */
export function repeatedNames(names: readonly string[]): string[] {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (once.has(name) ? twice : once).add(name);
  return [...twice];
}

/** Problems of a line's keys. */
export function keyProblems(members: readonly Member[]): readonly ProblemData[] {
  let known = 0;
  for (const key of WRAPPER_KEYS) if (hasMember(members, key)) known += 1;
  // If all members are known keys, none is unknown or repeated.
  if (known === members.length) return NONE;
  const names = members.map(({ name }) => name);
  const problems: ProblemData[] = [];
  const once = new Set(names);
  for (const name of repeatedNames(names)) {
    problems.push({ code: 'repeated-key', name: clip(name), within: 'line' });
  }
  const unknown = [...once].filter((name) => !isKnown(name));
  const absent = WRAPPER_KEYS.filter((key) => !once.has(key));
  const lists = new Set(members.flatMap(({ name, value }) => (value.startsWith('[') ? [name] : [])));
  for (const name of unknown) {
    const isAsserts = lists.has(name) && ASSERTS.test(name) && absent.includes('assert');
    problems.push({ code: 'unknown-key', name: clip(name), meant: isAsserts ? 'assert' : nearest(name, absent) });
  }
  return problems;
}

const NONE: readonly ProblemData[] = Object.freeze([]);

function hasMember(members: readonly Member[], key: string): boolean {
  for (const { name } of members) if (name === key) return true;
  return false;
}

/** Other tools' names for a list of asserts. */
const ASSERTS = /^(?:asserts?|assertions?|checks?|criteria|evals?|expect(?:ed|ations?)?|graders?|tests?)$/i;

/** Problems of its known keys' values. JSON has no `undefined`, so `undefined` means absent. */
export function valueProblems(line: JsonObject): readonly ProblemData[] {
  const { custom_id: id, params } = line;
  const ofGrading = gradingKeyProblems(line);
  if (ofGrading.length === 0 && typeof id === 'string' && CUSTOM_ID.test(id) && isJsonObject(params)) return NONE;
  const problems: ProblemData[] = [];
  if (id === undefined) {
    problems.push({ code: 'no-custom-id' });
  } else if (typeof id !== 'string') {
    problems.push({ code: 'custom-id-type', found: kindOf(id) });
  } else if (!CUSTOM_ID.test(id)) {
    problems.push({ code: 'custom-id-form', ...customIdFault(id) });
  }
  if (params === undefined) {
    problems.push({ code: 'no-params' });
  } else if (!isJsonObject(params)) {
    problems.push({ code: 'params-type', found: kindOf(params) });
  }
  return [...problems, ...ofGrading];
}

function customIdFault(id: string): { readonly position?: number; readonly length?: number } {
  if (id === '') return {};
  if (id.length > 64 && CUSTOM_ID.test(id.slice(0, 64))) return { length: id.length };
  return { position: id.search(/[^a-zA-Z0-9_-]/) + 1 };
}

/** The problem of a line that is not JSON; `start` is where the text starts in the line. Contains no text of the line. */
export function jsonProblem(text: string, start: number): ProblemData {
  const { index = 0, word } = findJsonFault(text) ?? {};
  // How lines of a pretty-printed document end; other incomplete lines are truncated somewhere.
  if (index === text.length && /^\{(?:.*[{[,])?$/s.test(text)) return { code: 'not-jsonl', form: 'object' };
  if (text === '[' || text.startsWith('[{')) return { code: 'not-jsonl', form: 'array' };
  const isNumber = isForeignNumber(text, index);
  const literal = word ?? (isNumber ? 'number' : text[index] === "'" ? 'single-quote' : undefined);
  return { code: 'not-json', column: start + index + 1, ...(literal === undefined ? {} : { literal }) };
}
