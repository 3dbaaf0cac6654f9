import type { StrictFault } from '../messages/request-problems.ts';
import type { JsonObject } from '../text/json.ts';

/** The API counts the levels of the whole body; three of them are around params. */
const MAX_DEPTH = 1_024 - 3;

/**
 * What the API's parser would refuse in this JSON, by a survey of its value, with 400 for the batch as a whole:
 * half of a surrogate pair as an escape, a number beyond double precision's range, nesting beyond 1,024 levels. The words
 * of its answers are those of orjson, and so are the limits. Undefined where it takes the text.
 */
export function strictFault(text: string, { fault }: Pick<ValueSurvey, 'fault'>): StrictFault | undefined {
  return indexOfLoneSurrogate(text) === -1 ? fault : 'lone-surrogate';
}

/** Half a pair, unless the escape before it or its own backslash is none: one search, where most texts end. */
const SUSPECT = /\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..\\u[dD])[c-fC-F])|\\\\u[dD][89abAB]/;

/** An escaped pair, a half alone (captured), or any other escape: taken in order, so that `\\ud83d` is none. */
const ESCAPES = /\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F])|.)/g;

/** Where the first escape of half a surrogate pair begins; -1 where there is none. UTF-8 cannot write one as it is. */
export function indexOfLoneSurrogate(text: string): number {
  // Nearly no text gets beyond this search, which is much quicker than any expression.
  if (!text.includes('\\u') || (!text.includes('\\ud') && !text.includes('\\uD'))) return -1;
  if (!SUSPECT.test(text)) return -1;
  ESCAPES.lastIndex = 0;
  for (let found = ESCAPES.exec(text); found !== null; found = ESCAPES.exec(text))
    if (found[1] !== undefined) return found.index;
  return -1;
}

/** A fault of a value, wherever its text comes from. */
export type ValueFault = Exclude<StrictFault, 'lone-surrogate'>;

/** What one walk over a value from `JSON.parse` finds. */
export interface ValueSurvey {
  /** How many keys it has, at any depth; fewer are counted where it is too deep. */
  keys: number;
  /** The first of them. */
  fault: ValueFault | undefined;
}

/** Counts the keys of a value, and looks for numbers beyond double precision's range and for more levels than these. */
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
    // Of what `JSON.parse` made, these are its own names, and no list of them is made.
    else
      for (const name in value) {
        survey.keys += 1;
        look((value as JsonObject)[name], levels - 1, survey);
      }
  }
}

/** The first fault of a value with at most so many levels. */
export function valueFault(value: unknown, levels: number): ValueFault | undefined {
  return surveyValue(value, levels).fault;
}
