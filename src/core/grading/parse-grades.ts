import type { AssertResult, Outcome } from '../asserts/finding.ts';
import { MAX_METRIC } from '../asserts/parse-members.ts';
import { MAX_REASON } from '../messages/asserts.ts';
import { readMetadata } from '../requests/grading-keys.ts';
import { CUSTOM_ID } from '../requests/validate-line.ts';
import { isBatchId } from '../text/batch-id.ts';
import { isJsonObject, type JsonObject, parseJson } from '../text/json.ts';
import { parseTime } from '../text/numbers.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import type { GradedAnswer } from './grade-answer.ts';
import type { GradedCase } from './grade-case.ts';
import { GRADES_SCHEMA } from './print-grades.ts';

/** Why a line is rejected: a later format, or anything else. */
export type GradesFault = 'newer-schema' | 'unreadable';

/** Longest line, in UTF-16 units: 20 answers by five hundred asserts with reasons. */
export const MAX_GRADES_LINE = 4_000_000;
const MAX_ANSWERS = 20;
const MAX_TYPE = 40;
const MAX_MODEL = 200;

/**
 * Parses a line of `grades.jsonl` that anyone may have written: accepts only the exact form of `printGrades`, or nothing. Ignores unknown
 * members. Returns texts inert and short.
 */
export function parseGrades(text: string): GradedCase | { readonly fault: GradesFault } {
  const line = text.length > MAX_GRADES_LINE ? undefined : parseJson(text);
  if (!isJsonObject(line)) return { fault: 'unreadable' };
  const { schema } = line;
  if (typeof schema === 'number' && Number.isInteger(schema) && schema > GRADES_SCHEMA)
    return { fault: 'newer-schema' };
  try {
    if (schema !== GRADES_SCHEMA) throw new Unfit();
    return readCase(line);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return { fault: 'unreadable' };
  }
}

/** Stops parsing at the first malformed part. */
class Unfit extends Error {}

function demand(isSound: boolean): asserts isSound {
  if (!isSound) throw new Unfit();
}

function readCase(line: JsonObject): GradedCase {
  const { required = false, metadata = {}, model } = line;
  demand(typeof required === 'boolean');
  demand(typeof model === 'string' && model.length <= MAX_MODEL);
  const read = readMetadata(metadata);
  demand(read !== undefined);
  return {
    customId: customId(line['custom_id']),
    ...readOutcome(line),
    required,
    metadata: read,
    model: toPlainLine(model),
    requestDigest: digest(line['request_digest']),
    assertsDigest: digest(line['asserts_digest']),
    answers: list(line['answers'], MAX_ANSWERS).map(readAnswer),
  };
}

function readAnswer(answer: JsonObject): GradedAnswer {
  const { batch_id: batchId, reused = false, answered_at: at } = answer;
  demand(batchId === null || (typeof batchId === 'string' && isBatchId(batchId)));
  demand(reused === false || (reused === true && typeof at === 'string' && parseTime(at) !== undefined));
  return {
    batchId: batchId ?? undefined,
    customId: customId(answer['custom_id']),
    ...(reused && { reusedFrom: String(at) }),
    ...readOutcome(answer),
    results: list(answer['asserts']).map((result) => readResult(result)),
  };
}

function readResult(result: JsonObject, isInSet = false): AssertResult {
  const { type, metric, weight = 1, reason, judge, asserts } = result;
  demand(typeof type === 'string' && type.length <= MAX_TYPE && /^[a-z][a-z0-9-]*$/.test(type));
  demand(metric === undefined || (typeof metric === 'string' && metric.length <= MAX_METRIC));
  demand(typeof weight === 'number' && weight >= 0 && Number.isFinite(weight));
  demand(reason === undefined || typeof reason === 'string');
  demand(asserts === undefined || !isInSet);
  return {
    type,
    metric: metric === undefined ? undefined : toPlainLine(metric),
    ...readOutcome(result),
    weight,
    reason: { code: 'quoted', text: toPlainLine(reason ?? '', MAX_REASON) },
    ...(judge !== undefined && { judge: readJudge(judge) }),
    ...(asserts !== undefined && { results: list(asserts).map((one) => readResult(one, true)) }),
  };
}

function readJudge(judge: unknown): AssertResult['judge'] {
  demand(isJsonObject(judge));
  const { model, prompt } = judge;
  demand(typeof model === 'string' && model.length <= MAX_MODEL);
  demand(typeof prompt === 'number' && Number.isSafeInteger(prompt) && prompt > 0);
  return { model: toPlainLine(model), prompt };
}

function readOutcome({ pass, score }: JsonObject): { readonly outcome: Outcome; readonly score: number | undefined } {
  demand(pass === null || typeof pass === 'boolean');
  demand(score === null || (typeof score === 'number' && score >= 0 && score <= 1));
  return { outcome: pass === null ? 'ungraded' : pass ? 'pass' : 'fail', score: score ?? undefined };
}

function customId(value: unknown): string {
  demand(typeof value === 'string' && CUSTOM_ID.test(value));
  return value;
}

function digest(value: unknown): string {
  demand(typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
  return value;
}

function list(value: unknown, most = Number.POSITIVE_INFINITY): readonly JsonObject[] {
  demand(Array.isArray(value) && value.length <= most && value.every(isJsonObject));
  return value;
}
