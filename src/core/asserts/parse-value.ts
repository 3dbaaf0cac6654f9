import type { ValueKind } from '../messages/assert-problems.ts';
import { type JsonKind, kindOf } from '../text/describe-value.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import type { Check, SchemaUse } from './assert.ts';
import { readCsvRow } from './csv-row.ts';
import type { compilePattern } from './pattern.ts';
import { STOP_REASONS } from './stop-reasons.ts';
import type { SingleType } from './types.ts';

/** What is wrong with a value; the caller adds the place. */
export type ValueFault =
  | { readonly code: 'assert-value'; readonly wanted: ValueKind; readonly found: JsonKind | 'empty' | undefined }
  | { readonly code: 'assert-csv' | 'assert-word-range' }
  | { readonly code: 'assert-pattern'; readonly reason: string }
  | { readonly code: 'assert-schema'; readonly reason: string | undefined; readonly file: string | undefined }
  | { readonly code: 'assert-schema-file'; readonly file: string; readonly why: 'path' };

/** What parsing a value needs from the rest of its assert; `threshold` and `reference` are already validated. */
export interface ValueContext {
  readonly threshold: number | undefined;
  readonly reference: string | undefined;
  readSchema(value: unknown): SchemaUse | ValueFault;
  readPattern: typeof compilePattern;
}

type Parse = (value: unknown, context: ValueContext) => Check | ValueFault;

const contains =
  (ignoreCase: boolean): Parse =>
  (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || text === '') return unfit('text-or-number', value);
    return { kind: 'contains', texts: [text], need: 'all', ignoreCase };
  };

const containsSome =
  (need: 'all' | 'any', ignoreCase: boolean): Parse =>
  (value) => {
    if (Array.isArray(value)) {
      const texts = value.map((one) => (typeof one === 'number' ? String(one) : one));
      if (!texts.every((one) => typeof one === 'string')) return unfit('texts', value);
      // Every text contains the empty one, and an empty list gives every answer the same result.
      if (texts.length === 0 || texts.includes('')) return unfit('texts', '');
      return { kind: 'contains', texts, need, ignoreCase };
    }
    if (typeof value !== 'string') return unfit('texts', value);
    const texts = readCsvRow(value);
    if (texts === undefined) return { code: 'assert-csv' };
    return texts.length === 0 ? unfit('texts', '') : { kind: 'contains', texts, need, ignoreCase };
  };

const affix =
  (at: 'start' | 'end'): Parse =>
  (value) =>
    typeof value === 'string' && value !== '' ? { kind: 'affix', at, text: value } : unfit('text', value);

const json =
  (isWhole: boolean): Parse =>
  (value, context) => {
    if (value === undefined) return { kind: 'json', isWhole, use: undefined };
    const use = context.readSchema(value);
    return 'code' in use ? use : { kind: 'json', isWhole, use };
  };

/** How the value of each type is read. */
export const VALUES: Readonly<Record<SingleType, Parse>> = {
  equals: (value) => (value === undefined ? unfit('any', value) : { kind: 'equals', value }),
  contains: contains(false),
  icontains: contains(true),
  'contains-all': containsSome('all', false),
  'contains-any': containsSome('any', false),
  'icontains-all': containsSome('all', true),
  'icontains-any': containsSome('any', true),
  'starts-with': affix('start'),
  'ends-with': affix('end'),
  regex: (value, { readPattern }) => {
    if (typeof value !== 'string' || value === '') return unfit('pattern', value);
    const pattern = readPattern(value);
    return 'fault' in pattern ? { code: 'assert-pattern', reason: pattern.fault } : { kind: 'regex', pattern };
  },
  'is-json': json(true),
  'contains-json': json(false),
  'word-count': readWords,
  cost: (_, { threshold }) => ({ kind: 'cost', threshold: threshold ?? 0 }),
  'finish-reason': (value) => {
    const reasons: readonly unknown[] = Array.isArray(value) ? value : [value];
    const isSound = reasons.length > 0 && reasons.every((one) => typeof one === 'string' && one !== '');
    return isSound ? { kind: 'finish-reason', reasons: reasons.map(String) } : unfit('stop-reasons', value);
  },
  'is-refusal': () => ({ kind: 'is-refusal' }),
  'is-valid-tool-call': () => ({ kind: 'is-valid-tool-call' }),
  'tool-call-f1': (value, { threshold = 1 }) => {
    const isSound = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && one);
    return isSound ? { kind: 'tool-call-f1', names: value, threshold } : unfit('names', value);
  },
  'llm-rubric': (value, { threshold, reference }) =>
    typeof value === 'string' && value.trim() !== ''
      ? { kind: 'llm-rubric', rubric: value, reference, threshold }
      : unfit('rubric', value),
};

/** Words of `finish-reason` that this action does not know. */
export function unknownStopReasons(check: Check): readonly string[] {
  return check.kind === 'finish-reason' ? check.reasons.filter((reason) => !STOP_REASONS.includes(reason)) : [];
}

function readWords(value: unknown): Check | ValueFault {
  const { min, max }: JsonObject = isJsonObject(value) ? value : { min: value, max: value };
  const [least, most] = [min, max].map(readCount);
  const isKnown = !isJsonObject(value) || Object.keys(value).every((name) => name === 'min' || name === 'max');
  const isGiven = min !== undefined || max !== undefined;
  if (!isKnown || !isGiven || (min !== undefined && least === undefined) || (max !== undefined && most === undefined))
    return unfit('words', value);
  if (least !== undefined && most !== undefined && least > most) return { code: 'assert-word-range' };
  return { kind: 'word-count', min: least, max: most };
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function unfit(wanted: ValueKind, value: unknown): ValueFault {
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
  const found = isEmpty ? 'empty' : value === undefined ? undefined : kindOf(value);
  return { code: 'assert-value', wanted, found };
}
