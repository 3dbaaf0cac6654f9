import type { Outcome } from '../asserts/finding.ts';

/** Bytes at the start of a line of `grades.jsonl` that contain the case's id and outcome. */
export const GRADE_HEAD_BYTES = 160;

const HEAD = /^\{"schema":1,"custom_id":"([\w-]{1,64})","pass":(true|false|null)\b/;
const OUTCOMES = new Map<string | undefined, Outcome>([
  ['true', 'pass'],
  ['false', 'fail'],
]);

/** Parses the start of such a line as written by `printGrades`; undefined for any other text. */
export function readGradeHead(text: string): { readonly id: string; readonly outcome: Outcome } | undefined {
  const [, id, pass] = HEAD.exec(text) ?? [];
  return id === undefined ? undefined : { id, outcome: OUTCOMES.get(pass) ?? 'ungraded' };
}
