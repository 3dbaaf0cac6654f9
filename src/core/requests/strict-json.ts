import type { StrictFault } from '../messages/request-problems.ts';
import type { JsonObject } from '../text/json.ts';

/** The API counts the levels of the whole body; three of them are around params. */
const MAX_DEPTH = 1_024 - 3;

/**
 * What the API's parser would reject in this JSON, given a survey of its value, with 400 for the whole batch: half of a surrogate pair as
 * an escape, a number beyond double range, nesting beyond 1,024 levels. Its error messages are orjson's, and so are the limits. Undefined
 * if it accepts the text.
 */
export function strictFault(text: string, { fault }: Pick<ValueSurvey, 'fault'>): StrictFault | undefined {
  return indexOfLoneSurrogate(text) === -1 ? fault : 'lone-surrogate';
}

/** Half of a pair, unless the preceding escape or its own backslash makes it something else: one search, where most texts end. */
const SUSPECT = /\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..\\u[dD])[c-fC-F])|\\\\u[dD][89abAB]/;

/** An escaped pair, a lone half (captured), or any other escape: matched in order, so that `\\ud83d` does not count. */
const ESCAPES = /\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F])|.)/g;

/** Where the first escaped lone surrogate starts; -1 if there is none. UTF-8 cannot contain one unescaped. */
export function indexOfLoneSurrogate(text: string): number {
  // Almost no text gets past this search, which is much faster than any regular expression.
  if (!text.includes('\\u') || (!text.includes('\\ud') && !text.includes('\\uD'))) return -1;
  if (!SUSPECT.test(text)) return -1;
  ESCAPES.lastIndex = 0;
  for (let found = ESCAPES.exec(text); found !== null; found = ESCAPES.exec(text))
    if (found[1] !== undefined) return found.index;
  return -1;
}

/** A fault of a value, whatever the source of its text. */
export type ValueFault = Exclude<StrictFault, 'lone-surrogate'>;

/** The result of one walk over a value from `JSON.parse`. */
export interface ValueSurvey {
  /** How many keys it has, at any depth; too few if it is too deep. */
  keys: number;
  /** The first fault. */
  fault: ValueFault | undefined;
}

/** Counts a value's keys, and looks for numbers beyond double range and for more levels than these. */
export function surveyValue(value: unknown, levels: number = MAX_DEPTH): ValueSurvey {
  const survey: ValueSurvey = { keys: 0, fault: undefined };
  look(value, levels, survey);
  return survey;
}

/** Strings are leaves here, so this is quick however long they are. */
function look(value: unknown, levels: number, survey: ValueSurvey): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) survey.fault ??= 'infinite-number';
  } else if (typeof value === 'object' && value !== null) {
    if (levels === 0) survey.fault ??= 'too-deep';
    else if (Array.isArray(value)) for (const item of value) look(item, levels - 1, survey);
    // Objects from `JSON.parse` have only own names, so no list of them is needed.
    else
      for (const name in value) {
        survey.keys += 1;
        look((value as JsonObject)[name], levels - 1, survey);
      }
  }
}

/** The first fault of a value with at most this many levels. */
export function valueFault(value: unknown, levels: number): ValueFault | undefined {
  return surveyValue(value, levels).fault;
}
