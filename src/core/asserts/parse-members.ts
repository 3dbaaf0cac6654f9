import type { AssertPlace, ThresholdKind } from '../messages/assert-problems.ts';
import type { ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import type { JsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import type { Assert } from './assert.ts';
import type { SchemaFile } from './schema-file.ts';
import type { SingleType } from './types.ts';

/** What parsing asserts collects on the way. */
export interface Notes {
  readonly problems: ProblemData[];
  readonly warnings: ProblemData[];
  readonly files: SchemaFile[];
}

/** Above this, sums of weights lose the small ones. */
const MAX_WEIGHT = 1e9;
export const MAX_METRIC = 100;

const COMMON_KEYS = ['type', 'weight', 'metric'];

/** The types that take no value. */
export const VALUELESS: readonly SingleType[] = ['cost', 'is-refusal', 'is-valid-tool-call'];

// Made once: a file may have hundreds of thousands of asserts.
const VALUELESS_KEYS = [...COMMON_KEYS, 'threshold'];
const VALUE_KEYS = [...COMMON_KEYS, 'value', 'threshold'];
const RUBRIC_KEYS = [...COMMON_KEYS, 'value', 'reference', 'threshold'];
export const SET_KEYS = [...COMMON_KEYS, 'assert', 'threshold'];

/** The keys an assert of this type may have. */
export function keysOf(type: SingleType): readonly string[] {
  if (type === 'llm-rubric') return RUBRIC_KEYS;
  return VALUELESS.includes(type) ? VALUELESS_KEYS : VALUE_KEYS;
}

/** Reads the members common to all asserts. `keys`: all keys its type takes; any other gets a warning. */
export function readHead(
  item: JsonObject,
  type: string,
  { place, notes, keys }: { readonly place: AssertPlace; readonly notes: Notes; readonly keys: readonly string[] },
): Pick<Assert, 'type' | 'weight' | 'metric'> {
  const { problems, warnings } = notes;
  for (const name of Object.keys(item)) {
    if (keys.includes(name)) continue;
    const meant = nearest(
      name.slice(0, 80),
      keys.filter((one) => !(one in item)),
    );
    warnings.push({ code: 'assert-unknown-key', place, type, name: clip(name), meant });
  }
  const { weight = 1, metric } = item;
  const isWeight = typeof weight === 'number' && weight >= 0 && weight <= MAX_WEIGHT;
  if (!isWeight) problems.push({ code: 'assert-weight', place, type });
  const isMetric = typeof metric === 'string' && metric.trim() !== '' && metric.length <= MAX_METRIC;
  if (metric !== undefined && !isMetric) problems.push({ code: 'assert-metric', place, type });
  return { type, weight: isWeight ? weight : 1, metric: isMetric ? toPlainLine(metric) : undefined };
}

/** The threshold; undefined if it is missing or invalid. */
export function readThreshold(
  item: JsonObject,
  wanted: ThresholdKind,
  { place, type, problems }: { readonly place: AssertPlace; readonly type: string; readonly problems: ProblemData[] },
): number | undefined {
  const threshold = item['threshold'];
  const isMissing = threshold === undefined;
  if (isMissing && wanted !== 'usd') return undefined;
  const [least, most] = wanted === 'usd' ? [0, 1e6] : [Number.MIN_VALUE, 1];
  if (typeof threshold === 'number' && threshold >= least && threshold <= most) return threshold;
  problems.push({ code: 'assert-threshold', place, type, wanted, isMissing });
  return undefined;
}
