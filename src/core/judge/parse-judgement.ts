import { isContradictory, type Judge, type Judgement } from '../asserts/judgement.ts';
import { readMembers } from '../requests/members.ts';
import { elementsOf, isJsonObject, memberOf, parseJson, textOf } from '../text/json.ts';

/** Why a judge's answer is unusable: refused, unfinished, not the requested JSON, or an invalid score. */
type Unusable = 'refusal' | 'cut' | 'not-json' | 'wrong-form' | 'wrong-score';

type Verdict = Exclude<Judgement['verdict'], 'unusable'>;

/** A parsed judgement. */
export type ParsedJudgement =
  | {
      readonly kind: 'judged';
      readonly verdict: Verdict;
      /** From 0 to 1. */
      readonly score: number;
      /** Untrusted text. */
      readonly reason: string;
      /** The score contradicts the verdict; the verdict wins. */
      readonly contradicts?: true;
    }
  | { readonly kind: 'unusable'; readonly why: Unusable };

const WHOLE: readonly unknown[] = ['end_turn', 'stop_sequence'];

/**
 * Parses the message of a judge's result. Strict: anything but the exact requested form is no judgement, because a guessed grade would
 * count like any other.
 */
export function parseJudgement(message: unknown): ParsedJudgement {
  const stopReason = memberOf(message, 'stop_reason');
  if (stopReason === 'refusal') return unusable('refusal');
  if (!WHOLE.includes(stopReason)) return unusable('cut');
  const text = elementsOf(memberOf(message, 'content'))
    .map((block) => (memberOf(block, 'type') === 'text' ? (textOf(block, 'text') ?? '') : ''))
    .join('');
  const value = parseJson(text);
  if (value === undefined) return unusable('not-json');
  const verdict = verdictOf(memberOf(value, 'verdict'));
  const score = memberOf(value, 'score');
  const reason = memberOf(value, 'reason');
  // A duplicate name would turn three members into two.
  const isForm = isJsonObject(value) && readMembers(text).length === 3;
  if (!isForm || verdict === undefined || typeof reason !== 'string') return unusable('wrong-form');
  if (typeof score !== 'number' || !(score >= 0 && score <= 1)) return unusable('wrong-score');
  const contradicts = isContradictory({ verdict, score });
  return { kind: 'judged', verdict, score, reason, ...(contradicts && { contradicts }) };
}

/** The judgement in the form that asserts use. */
export function judgementOf(parsed: ParsedJudgement, judge: Judge): Judgement {
  if (parsed.kind === 'unusable') return { verdict: 'unusable', score: 0, reason: '', judge };
  const { verdict, score, reason } = parsed;
  return { verdict, score, reason, judge };
}

function unusable(why: Unusable): ParsedJudgement {
  return { kind: 'unusable', why };
}

/** Structured outputs do not guarantee the case of words. */
function verdictOf(word: unknown): Verdict | undefined {
  const verdict = typeof word === 'string' ? word.toLowerCase() : undefined;
  return verdict === 'pass' || verdict === 'fail' || verdict === 'unknown' ? verdict : undefined;
}
