import type { AssertResult, Outcome } from '../asserts/finding.ts';
import { MAX_METRIC } from '../asserts/parse-members.ts';
import type { ExtraGradeFault } from '../messages/assert-problems.ts';
import { MAX_REASON } from '../messages/asserts.ts';
import { CUSTOM_ID } from '../requests/validate-line.ts';
import { isJsonObject, parseJson } from '../text/json.ts';
import { toPlainLine } from '../text/untrusted-text.ts';

/** An external grade, used as one more assert of an answer or, under the case's own id, of all its answers. */
export interface ExtraGrade {
  readonly customId: string;
  readonly result: AssertResult;
}

/** The type under which results list an external grade. */
export const EXTRA_GRADE = 'extra-grade';

/** The longest line of a grades file, in bytes. */
export const MAX_GRADE_BYTES = 65_536;

/** Parses a line of an `extra-grades` file; unknown keys may hold anything. */
export function parseExtraGrade(text: string): ExtraGrade | { readonly fault: ExtraGradeFault } {
  if (text.length > MAX_GRADE_BYTES) return { fault: 'too-long' };
  const line = parseJson(text);
  if (!isJsonObject(line)) return { fault: 'not-json' };
  const { custom_id: customId, metric, pass, score, reason } = line;
  if (typeof customId !== 'string' || !CUSTOM_ID.test(customId)) return { fault: 'custom-id' };
  if (typeof metric !== 'string' || metric.trim() === '' || metric.length > MAX_METRIC) return { fault: 'metric' };
  if (pass !== null && typeof pass !== 'boolean') return { fault: 'pass' };
  const isScore = typeof score === 'number' && score >= 0 && score <= 1;
  if (score !== undefined && score !== null && !isScore) return { fault: 'score' };
  if (reason !== undefined && reason !== null && typeof reason !== 'string') return { fault: 'reason' };
  const outcome: Outcome = pass === null ? 'ungraded' : pass ? 'pass' : 'fail';
  const result: AssertResult = {
    type: EXTRA_GRADE,
    metric: toPlainLine(metric),
    outcome,
    score: pass === null ? undefined : isScore ? score : Number(pass),
    weight: 1,
    reason: { code: 'quoted', text: toPlainLine(reason ?? '', MAX_REASON) },
  };
  return { customId, result };
}
