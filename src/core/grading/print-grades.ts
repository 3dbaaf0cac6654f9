import type { AssertResult, Outcome } from '../asserts/finding.ts';
import { printAssertReason } from '../messages/asserts.ts';
import type { GradedAnswer } from './grade-answer.ts';
import type { GradedCase } from './grade-case.ts';

/** Rises only when a meaning changes: readers ignore members that they do not know. */
export const GRADES_SCHEMA = 1;

const PASS: Readonly<Record<Outcome, string>> = { pass: 'true', fail: 'false', ungraded: 'null' };

/** A case as a line of `grades.jsonl`, without the line break. Without `reasons` no text of an answer is in it. */
export function printGrades(of: GradedCase, { reasons }: { readonly reasons: boolean }): string {
  return `${printHead(of)}[${of.answers.map((answer) => printAnswer(answer, reasons)).join(',')}]}`;
}

/** The same in both forms. */
export function printGradesTwice(of: GradedCase): { readonly full: string; readonly bare: string } {
  const head = printHead(of);
  const list = (reasons: boolean): string => of.answers.map((answer) => printAnswer(answer, reasons)).join(',');
  return { full: `${head}[${list(true)}]}`, bare: `${head}[${list(false)}]}` };
}

/** All but the answers. Written piece by piece: making objects only to print them takes as long as grading does. */
function printHead(of: GradedCase): string {
  const { customId, required, metadata, model, requestDigest, assertsDigest } = of;
  const optional = `${required ? ',"required":true' : ''}${metadata.size > 0 ? `,"metadata":${quote(Object.fromEntries(metadata))}` : ''}`;
  const digests = `"request_digest":"${requestDigest}","asserts_digest":"${assertsDigest}"`;
  return `{"schema":${GRADES_SCHEMA},"custom_id":"${customId}",${printOutcome(of)}${optional},"model":${quote(model)},${digests},"answers":`;
}

function printAnswer({ batchId, customId, reusedFrom, results, ...outcome }: GradedAnswer, reasons: boolean): string {
  const reused = reusedFrom === undefined ? '' : `,"reused":true,"answered_at":${quote(reusedFrom)}`;
  const id = `"batch_id":${quote(batchId ?? null)},"custom_id":"${customId}"${reused}`;
  return `{${id},${printOutcome(outcome)},"asserts":${printResults(results, reasons)}}`;
}

function printResults(results: readonly AssertResult[], reasons: boolean): string {
  return `[${results.map((result) => printResult(result, reasons)).join(',')}]`;
}

function printResult(result: AssertResult, reasons: boolean): string {
  const { type, metric, weight, reason, judge, results } = result;
  const shownMetric = metric === undefined ? '' : `,"metric":${quote(metric)}`;
  const shownWeight = weight === 1 ? '' : `,"weight":${weight}`;
  const shownReason = reasons ? `,"reason":${quote(printAssertReason(reason))}` : '';
  const shownJudge = judge === undefined ? '' : `,"judge":{"model":${quote(judge.model)},"prompt":${judge.prompt}}`;
  const inner = results === undefined ? '' : `,"asserts":${printResults(results, reasons)}`;
  // Types, IDs and digests have nothing to escape.
  return `{"type":"${type}"${shownMetric},${printOutcome(result)}${shownWeight}${shownReason}${shownJudge}${inner}}`;
}

/** Six decimals are enough for any mean. */
function printOutcome({ outcome, score }: Pick<AssertResult, 'outcome' | 'score'>): string {
  return `"pass":${PASS[outcome]},"score":${score === undefined ? 'null' : Math.round(score * 1e6) / 1e6}`;
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
