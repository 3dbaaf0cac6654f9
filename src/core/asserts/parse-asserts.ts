import type { AssertPlace, ThresholdKind } from '../messages/assert-problems.ts';
import type { ProblemData } from '../messages/problems.ts';
import { valueFault } from '../requests/strict-json.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import type { Assert, AssertSet, SingleAssert } from './assert.ts';
import { MAX_ASSERT_LEVELS, MAX_RUBRIC_BYTES } from './limits.ts';
import { createMemo } from './memo.ts';
import { keysOf, type Notes, readHead, readThreshold, SET_KEYS, VALUELESS } from './parse-members.ts';
import { unknownStopReasons, VALUES, type ValueContext } from './parse-value.ts';
import { compilePattern } from './pattern.ts';
import type { SchemaCompiler } from './schema.ts';
import { readSchemaUse, type SchemaFile, type SchemaReader } from './schema-file.ts';
import { STOP_REASONS } from './stop-reasons.ts';
import { insteadOf, NOT, SET, SINGLE_TYPES, type SingleType } from './types.ts';

/** What a list of asserts was parsed to. Only valid if there are no problems. */
export interface ParsedAsserts {
  readonly asserts: readonly Assert[];
  readonly problems: readonly ProblemData[];
  readonly warnings: readonly ProblemData[];
  /** Schema files whose text was not available. */
  readonly files: readonly SchemaFile[];
}

/** Parses lists of asserts. Compiles repeated patterns and schemas once. */
export type AssertParser = (list: readonly unknown[]) => ParsedAsserts;

const MAX_PATTERNS = 500;

/** `schemaText` returns the text of a schema file that was read. It returns undefined for any other: asserts that need it stay ungraded. */
export function createAssertParser(
  schemas: SchemaCompiler,
  schemaText: (path: string) => string | undefined = () => undefined,
): AssertParser {
  const patterns = createMemo<ReturnType<typeof compilePattern>>(MAX_PATTERNS);
  const tools = {
    readPattern: (source: string) => patterns(source, () => compilePattern(source)),
    schemas,
    schemaText,
  };
  return (list) => {
    const notes: Notes = { problems: [], warnings: [], files: [] };
    const reader = { ...tools, notes };
    const asserts = list.flatMap((item, index) => readAssert(item, [index], reader) ?? []);
    return { asserts, ...notes };
  };
}

/** Reports that all asserts of a line, default ones included, have weight 0. */
export function weightsProblem(asserts: readonly Assert[]): ProblemData | undefined {
  const isWeightless = asserts.length > 0 && asserts.every(({ weight }) => weight === 0);
  return isWeightless ? { code: 'assert-weights', place: undefined } : undefined;
}

interface Reader extends SchemaReader {
  readonly notes: Notes;
  readonly readPattern: typeof compilePattern;
}

function readAssert(item: unknown, place: AssertPlace, reader: Reader): Assert | undefined {
  const { problems } = reader.notes;
  if (!isJsonObject(item)) {
    problems.push({ code: 'assert-form', place, found: kindOf(item) });
    return undefined;
  }
  const fault = place.length === 1 ? valueFault(item, MAX_ASSERT_LEVELS) : undefined;
  if (fault !== undefined) {
    problems.push({ code: 'assert-json', place, fault, max: MAX_ASSERT_LEVELS });
    return undefined;
  }
  const type = item['type'];
  if (typeof type !== 'string' || type === '') {
    problems.push({ code: 'assert-no-type', place });
    return undefined;
  }
  if (type === SET) {
    if (place.length === 1) return readSet(item, place, reader);
    problems.push({ code: 'assert-nested-set', place });
    return undefined;
  }
  const negated = type.startsWith(NOT);
  const plain = negated ? type.slice(NOT.length) : type;
  const single = SINGLE_TYPES.find((one) => one === plain);
  if (single !== undefined) return readSingle(item, { type: single, negated }, { place, reader });
  problems.push(unknownType(type, plain, place));
  return undefined;
}

function unknownType(type: string, plain: string, place: AssertPlace): ProblemData {
  if (type !== plain && plain.startsWith(NOT)) return { code: 'assert-negation', place, why: 'twice' };
  if (plain === SET) return { code: 'assert-negation', place, why: 'set' };
  const instead = insteadOf(plain);
  if (instead !== undefined) return { code: 'assert-foreign-type', place, type: clip(type), instead };
  const all = [...SINGLE_TYPES, SET, ...SINGLE_TYPES.map((one) => NOT + one)];
  return { code: 'assert-unknown-type', place, type: clip(type), meant: nearest(type.slice(0, 80), all) };
}

function readSet(item: JsonObject, place: readonly [number], reader: Reader): AssertSet | undefined {
  const { problems } = reader.notes;
  const list: unknown = item['assert'];
  const before = problems.length;
  const head = readHead(item, SET, { place, notes: reader.notes, keys: SET_KEYS });
  const threshold = readThreshold(item, 'share', { place, type: SET, problems });
  if (!Array.isArray(list) || list.length === 0) problems.push({ code: 'assert-set-list', place });
  const members: readonly unknown[] = Array.isArray(list) ? list : [];
  const asserts = members.flatMap((member, index): SingleAssert[] => {
    const read = readAssert(member, [place[0], index], reader);
    return read === undefined || read.kind === 'assert-set' ? [] : [read];
  });
  if (problems.length > before) return undefined;
  if (asserts.every(({ weight }) => weight === 0)) {
    problems.push({ code: 'assert-weights', place });
    return undefined;
  }
  return { kind: 'assert-set', ...head, asserts, threshold };
}

/** The types that take a threshold, and whether they need one. */
const THRESHOLDS: ReadonlyMap<SingleType, ThresholdKind> = new Map([
  ['cost', 'usd'],
  ['tool-call-f1', 'share'],
  ['llm-rubric', 'share'],
]);

function readSingle(
  item: JsonObject,
  { type: single, negated }: { readonly type: SingleType; readonly negated: boolean },
  { place, reader }: { readonly place: AssertPlace; readonly reader: Reader },
): SingleAssert | undefined {
  const { problems, warnings } = reader.notes;
  const type = negated ? NOT + single : single;
  const before = problems.length;
  const takesReference = single === 'llm-rubric';
  const head = readHead(item, type, { place, notes: reader.notes, keys: keysOf(single) });
  const wanted = THRESHOLDS.get(single);
  const threshold = wanted && readThreshold(item, wanted, { place, type, problems });
  if (wanted === undefined && item['threshold'] !== undefined)
    problems.push({ code: 'assert-threshold-misplaced', place, type });
  const reference = takesReference ? item['reference'] : undefined;
  const isText = typeof reference === 'string';
  if (reference !== undefined && !isText) problems.push({ code: 'assert-reference', place, type });
  const at = { place, type };
  const context: ValueContext = {
    threshold,
    reference: isText ? reference : undefined,
    readPattern: reader.readPattern,
    readSchema: (value) => readSchemaUse(value, at, reader),
  };
  const value: unknown = VALUELESS.includes(single) ? undefined : item['value'];
  if (single === 'llm-rubric') problems.push(...tooLong({ value, reference }, at));
  const check = VALUES[single](value, context);
  if ('code' in check) problems.push({ ...check, place, type });
  if (problems.length > before || 'code' in check) return undefined;
  if (isTemplate(value)) warnings.push({ code: 'assert-template', place, type });
  const flags = check.kind === 'regex' ? LITERAL.exec(check.pattern.source)?.[1] : undefined;
  if (flags !== undefined) warnings.push({ code: 'assert-pattern-slashes', place, type, flags });
  for (const word of unknownStopReasons(check))
    warnings.push({
      code: 'assert-stop-reason',
      place,
      type,
      word: clip(word),
      meant: nearest(word.slice(0, 80), STOP_REASONS),
    });
  return { ...head, negated, ...check };
}

function tooLong(
  parts: Readonly<Record<keyof typeof MAX_RUBRIC_BYTES, unknown>>,
  at: { readonly place: AssertPlace; readonly type: string },
): readonly ProblemData[] {
  return (['value', 'reference'] as const).flatMap((part) => {
    const text = parts[part];
    const length = typeof text === 'string' ? Buffer.byteLength(text) : 0;
    const max = MAX_RUBRIC_BYTES[part];
    return length > max ? [{ code: 'assert-too-long', ...at, part, length, max } as const] : [];
  });
}

/** A pattern in JavaScript literal form, with its flags. */
const LITERAL = /^\/.+\/([dgimsuvy]*)$/s;

/** Whether a value has a promptfoo placeholder: there are no templates here. A pattern would take quadratic time on a long text. */
function isTemplate(value: unknown): boolean {
  if (typeof value !== 'string') return Array.isArray(value) && value.some(isTemplate);
  const opened = value.indexOf('{{');
  return value.includes('{%') || (opened !== -1 && value.includes('}}', opened + 2));
}
