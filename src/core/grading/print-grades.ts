import type { AssertResult } from '../asserts/finding.ts';
import { printAssertReason } from '../messages/asserts.ts';
import type { GradedAnswer } from './grade-answer.ts';
import type { GradedCase } from './grade-case.ts';

/** Rises only when a meaning changes: readers ignore members they do not know. */
export const GRADES_SCHEMA = 1;

/** A text of grades, with and without the texts of answers. */
interface Twice {
  readonly full: string;
  readonly bare: string;
}

/** A case as a line of `grades.jsonl`, without the line break. Without `reasons` it contains no text of an answer. */
export function printGrades(of: GradedCase, { reasons }: { readonly reasons: boolean }): string {
  const { full, bare } = printGradesTwice(of);
  return reasons ? full : bare;
}

/** Both forms at once, since they are mostly the same. */
export function printGradesTwice(of: GradedCase): Twice {
  const head = printHead(of);
  const { full, bare } = printList(of.answers, printAnswer);
  return { full: `${head}${full}}`, bare: `${head}${bare}}` };
}

/** Everything except the answers. Written piece by piece: building objects just to print them takes as long as grading. */
function printHead(of: GradedCase): string {
  const { customId, required, metadata, model, requestDigest, assertsDigest } = of;
  const optional = `${required ? ',"required":true' : ''}${metadata.size > 0 ? `,"metadata":${quote(Object.fromEntries(metadata))}` : ''}`;
  const digests = `"request_digest":"${requestDigest}","asserts_digest":"${assertsDigest}"`;
  return `{"schema":${GRADES_SCHEMA},"custom_id":"${customId}",${printOutcome(of)}${optional},"model":${quote(model)},${digests},"answers":`;
}

function printAnswer(answer: GradedAnswer): Twice {
  const { batchId, customId, reusedFrom, results } = answer;
  const reused = reusedFrom === undefined ? '' : `,"reused":true,"answered_at":${quote(reusedFrom)}`;
  const id = `"batch_id":${quote(batchId ?? null)},"custom_id":"${customId}"${reused}`;
  const head = `{${id},${printOutcome(answer)},"asserts":`;
  const { full, bare } = printList(results, printResult);
  return { full: `${head}${full}}`, bare: `${head}${bare}}` };
}

function printResult(result: AssertResult): Twice {
  const { type, metric, weight, reason, judge, results } = result;
  const shownMetric = metric === undefined ? '' : `,"metric":${quote(metric)}`;
  const shownWeight = weight === 1 ? '' : `,"weight":${weight}`;
  const shownJudge = judge === undefined ? '' : `,"judge":{"model":${quote(judge.model)},"prompt":${judge.prompt}}`;
  // Types, IDs and digests need no escaping.
  const head = `{"type":"${type}"${shownMetric},${printOutcome(result)}${shownWeight}`;
  const shownReason = `,"reason":${quote(printAssertReason(reason))}`;
  if (results === undefined) return { full: `${head}${shownReason}${shownJudge}}`, bare: `${head}${shownJudge}}` };
  const { full, bare } = printList(results, printResult);
  return {
    full: `${head}${shownReason}${shownJudge},"asserts":${full}}`,
    bare: `${head}${shownJudge},"asserts":${bare}}`,
  };
}

function printList<T>(list: readonly T[], print: (one: T) => Twice): Twice {
  let full = '[';
  let bare = '[';
  let isFirst = true;
  for (const one of list) {
    const printed = print(one);
    if (!isFirst) {
      full += ',';
      bare += ',';
    }
    isFirst = false;
    full += printed.full;
    bare += printed.bare;
  }
  return { full: `${full}]`, bare: `${bare}]` };
}

/** Six decimals are enough for any mean. */
function printOutcome({ outcome, score }: Pick<AssertResult, 'outcome' | 'score'>): string {
  if (outcome === 'pass' && score === 1) return '"pass":true,"score":1';
  if (outcome === 'fail' && score === 0) return '"pass":false,"score":0';
  const pass = outcome === 'ungraded' ? 'null' : outcome === 'pass';
  return `"pass":${pass},"score":${score === undefined ? 'null' : Math.round(score * 1e6) / 1e6}`;
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
