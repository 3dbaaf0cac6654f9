import type { Outcome } from '../asserts/finding.ts';

/** Bytes of a line of `grades.jsonl` that say which case it is and how it ended. */
export const GRADE_HEAD_BYTES = 160;

const HEAD = /^\{"schema":1,"custom_id":"([\w-]{1,64})","pass":(true|false|null)\b/;
const OUTCOMES = new Map<string | undefined, Outcome>([
  ['true', 'pass'],
  ['false', 'fail'],
]);

/** Reads the beginning of such a line, as `printGrades` writes it; undefined for any other text. */
export function readGradeHead(text: string): { readonly id: string; readonly outcome: Outcome } | undefined {
  const [, id, pass] = HEAD.exec(text) ?? [];
  return id === undefined ? undefined : { id, outcome: OUTCOMES.get(pass) ?? 'ungraded' };
}
