import { isUtf8 } from 'node:buffer';
import type { ProblemData } from '../messages/problems.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import { isJsonObject, parseJson } from '../text/json.ts';
import { roomFor } from '../text/room.ts';
import { utf8Of } from '../text/utf8.ts';
import { foreignLine } from './foreign-line.ts';
import { type GradingKeys, NO_GRADING, readGradingKeys } from './grading-keys.ts';
import { isJsonSpace, readMembers, unescapeKeys } from './members.ts';
import { mergeParams, type ParamsMerge, parseMembers } from './merge.ts';
import type { Params } from './params.ts';
import { countKeys, repeatedKeys } from './repeated-keys.ts';
import { indexOfLoneSurrogate, strictFault, surveyValue, type ValueSurvey } from './strict-json.ts';
import { jsonProblem, keyProblems, valueProblems } from './validate-line.ts';

/** One request of a file, ready to send. */
export interface Request {
  readonly customId: string;
  /** The text to send: the line's own text if nothing was merged or removed. */
  readonly text: string;
  /** The same in UTF-8, valid until the same parser reads the next line; undefined if it must be encoded from `text`. */
  readonly bytes: Uint8Array | undefined;
  /** `params` after the merge. */
  readonly params: Params;
  /** The same as written in `text`. */
  readonly paramsText: string;
  /** The same in UTF-8, valid as long as the line is; undefined if it must be encoded from the text. */
  readonly paramsBytes: Uint8Array | undefined;
  readonly grading: GradingKeys;
}

/**
 * Parses lines of request files one by one, and checks for everything that would make the API refuse the whole batch at once: JSON, its
 * keys, the form of the custom id. Does not check the content of `params`, except for repeated keys. Problems contain no text of the line
 * except keys.
 */
export function createRequestParser(merge: ParamsMerge): (bytes: Uint8Array) => Request | readonly ProblemData[] {
  // The same for every line, so parsed once.
  const under = parseMembers(merge.under);
  const over = parseMembers(merge.over);
  const merges = merge.under.size + merge.over.size > 0;
  const write = createRequestWriter();
  return (bytes) => {
    const line = trim(bytes);
    const { start } = line;
    const text = utf8Of(line.bytes);
    // Invalid UTF-8 decodes to U+FFFD: only a text that contains it needs the check.
    if (text.includes('\ufffd') && !isUtf8(bytes)) {
      return [{ code: 'not-utf8' }];
    }
    const read = readLine(text, start);
    if (!('customId' in read)) return read;
    const survey = surveyValue(read.params);
    const repeated = repeatedParams(read, survey);
    if (repeated.length > 0) return repeated;
    const { customId, grading } = read;
    const paramsText = mergeParams(read.paramsText, merge);
    const params = merges ? { ...under, ...read.params, ...over } : read.params;
    // Only the params, which are sent; an assert's texts are not.
    const fault = strictFault(paramsText, merges ? surveyValue(params) : survey);
    if (fault !== undefined) {
      const at = fault === 'lone-surrogate' ? indexOfLoneSurrogate(text) : -1;
      return [{ code: 'strict-json', fault, column: at === -1 ? undefined : start + at + 1 }];
    }
    const isSame = paramsText === read.paramsText;
    if (isSame && grading === NO_GRADING)
      return { customId, text, bytes: line.bytes, params, paramsText, paramsBytes: undefined, grading };
    const paramsBytes = isSame ? bytesOf(line.bytes, text, read) : undefined;
    return {
      customId,
      text: `{"custom_id":"${customId}","params":${paramsText}}`,
      bytes: paramsBytes && write(customId, paramsBytes),
      params,
      paramsText,
      paramsBytes,
      grading,
    };
  };
}

/** Trims JSON white space from a line, and says how much preceded it. Keeps any other white space, which JSON does not allow. */
function trim(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly start: number } {
  let start = 0;
  let end = bytes.length;
  while (start < end && isJsonSpace(bytes[start])) start += 1;
  while (end > start && isJsonSpace(bytes[end - 1])) end -= 1;
  return { bytes: end - start === bytes.length ? bytes : bytes.subarray(start, end), start };
}

/** The params' bytes in the line, which saves encoding them again. */
function bytesOf(line: Uint8Array, text: string, { paramsText, paramsStart }: SoundLine): Uint8Array {
  const isAscii = line.length === text.length;
  const start = isAscii ? paramsStart : Buffer.byteLength(text.slice(0, paramsStart));
  return line.subarray(start, start + (isAscii ? paramsText.length : Buffer.byteLength(paramsText)));
}

/** Returns a function that assembles a request, reusing the same memory. The ID must be valid. */
function createRequestWriter(): (customId: string, params: Uint8Array) => Uint8Array {
  let memory = Buffer.alloc(0);
  return (customId, params) => {
    const head = `{"custom_id":"${customId}","params":`;
    const length = head.length + params.length + 1;
    if (memory.length < length) memory = Buffer.alloc(roomFor(length));
    memory.write(head, 'latin1');
    memory.set(params, head.length);
    memory[length - 1] = CLOSING;
    return memory.subarray(0, length);
  };
}

/** `}`. */
const CLOSING = 0x7d;

const NONE: readonly ProblemData[] = Object.freeze([]);

/**
 * Keys that occur twice in one object of the params. The API takes the last one, as `JSON.parse` does, but both cannot be meant, and a
 * reader of the line, or another parser behind a gateway, may see the first. Only searches for their names if the text contains more keys
 * than were parsed.
 */
function repeatedParams(
  { params, paramsText, paramsKeys }: SoundLine,
  { keys, fault }: ValueSurvey,
): readonly ProblemData[] {
  const count = fault === 'too-deep' ? countKeys(params) : keys;
  if (count === paramsKeys) return NONE;
  return repeatedKeys(paramsText).map((name) => ({ code: 'repeated-key', name: clip(name), within: 'params' }));
}

/** The parts of a line without problems. */
interface SoundLine {
  readonly customId: string;
  readonly params: Params;
  /** As written. */
  readonly paramsText: string;
  /** Where they start in the text. */
  readonly paramsStart: number;
  /** How many keys they contain, at any depth. */
  readonly paramsKeys: number;
  readonly grading: GradingKeys;
}

/** `start`: where the text starts in its line. */
function readLine(text: string, start: number): SoundLine | readonly ProblemData[] {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return [jsonProblem(text, start)];
  }
  if (!isJsonObject(line)) return [{ code: 'not-an-object', found: kindOf(line) }];
  const members = readMembers(text);
  let asserts = members.find(({ name }) => name === 'assert')?.value;
  if (members.some(({ hasEscapedKey }) => hasEscapedKey)) {
    const plain = unescapeKeys(text);
    line = parseJson(plain);
    asserts = readMembers(plain).find(({ name }) => name === 'assert')?.value;
    if (!isJsonObject(line)) return [jsonProblem(text, start)];
  }
  const foreign = foreignLine(line, members);
  if (foreign !== undefined) return [foreign];
  const ofKeys = keyProblems(members);
  const ofValues = valueProblems(line);
  if (ofKeys.length + ofValues.length > 0) return [...ofKeys, ...ofValues];
  const { custom_id: customId, params } = line as { custom_id: string; params: Params };
  const written = members.find(({ name }) => name === 'params');
  const grading = members.length === 2 ? NO_GRADING : readGradingKeys(line, asserts);
  const { value: paramsText = '', start: paramsStart = 0, keys: paramsKeys = 0 } = written ?? {};
  return { customId, params, paramsText, paramsStart, paramsKeys, grading };
}
