import type { AssertResult, Outcome } from '../asserts/finding.ts';
import { printAssertReason } from '../messages/asserts.ts';
import type { GradedAnswer } from './grade-answer.ts';
import type { GradedCase } from './grade-case.ts';

/** Rises only when a meaning changes: readers ignore members that they do not know. */
export const GRADES_SCHEMA = 1;

const PASS: Readonly<Record<Outcome, boolean | null>> = { pass: true, fail: false, ungraded: null };

/** A case as a line of `grades.jsonl`, without the line break. Without `reasons` no text of an answer is in it. */
export function printGrades(of: GradedCase, { reasons }: { readonly reasons: boolean }): string {
  return JSON.stringify({
    schema: GRADES_SCHEMA,
    custom_id: of.customId,
    pass: PASS[of.outcome],
    score: round(of.score),
    ...(of.required && { required: true }),
    ...(of.metadata.size > 0 && { metadata: Object.fromEntries(of.metadata) }),
    model: of.model,
    request_digest: of.requestDigest,
    asserts_digest: of.assertsDigest,
    answers: of.answers.map((answer) => printAnswer(answer, reasons)),
  });
}

function printAnswer({ batchId, customId, outcome, score, results }: GradedAnswer, reasons: boolean) {
  return {
    batch_id: batchId ?? null,
    custom_id: customId,
    pass: PASS[outcome],
    score: round(score),
    asserts: results.map((result) => printResult(result, reasons)),
  };
}

function printResult(
  { type, metric, outcome, score, weight, reason, judge, results }: AssertResult,
  reasons: boolean,
): object {
  return {
    type,
    ...(metric !== undefined && { metric }),
    pass: PASS[outcome],
    score: round(score),
    ...(weight !== 1 && { weight }),
    ...(reasons && { reason: printAssertReason(reason) }),
    ...(judge !== undefined && { judge: { model: judge.model, prompt: judge.prompt } }),
    ...(results !== undefined && { asserts: results.map((result) => printResult(result, reasons)) }),
  };
}

/** Six decimals are enough for any mean. */
function round(score: number | undefined): number | null {
  return score === undefined ? null : Math.round(score * 1e6) / 1e6;
}
