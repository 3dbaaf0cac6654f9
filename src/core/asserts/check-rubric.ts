import type { Unjudged } from '../messages/asserts.ts';
import type { Answer } from './answer.ts';
import type { RubricAssert } from './assert.ts';
import { startOf } from './difference.ts';
import type { AssertResult } from './finding.ts';
import { isContradictory, type Judgement } from './judgement.ts';

/** Stop reasons of a truncated answer. */
const CUT: readonly (string | null)[] = ['max_tokens', 'model_context_window_exceeded', 'pause_turn'];

/** Why an answer needs no judge; undefined if it needs one. */
export function unjudgedBy({ stopReason, subject }: Answer): Unjudged | undefined {
  if (stopReason === 'refusal') return 'refusal';
  if (CUT.includes(stopReason)) return 'cut';
  return subject.trim() === '' ? 'empty' : undefined;
}

type Decision = Pick<AssertResult, 'outcome' | 'score' | 'reason' | 'judge' | 'isContradictory'>;

/** Applies a judgement to an assert. `not-` only inverts a judgement that decided something. */
export function decideRubric(assert: RubricAssert, answer: Answer, judgement: Judgement | undefined): Decision {
  const why = unjudgedBy(answer);
  if (why !== undefined) return { outcome: 'fail', score: 0, reason: { code: 'not-judged', why } };
  const undecided = { outcome: 'ungraded', score: undefined } as const;
  if (judgement === undefined) return { ...undecided, reason: { code: 'no-judgement' } };
  const { verdict, judge } = judgement;
  const reason = startOf(judgement.reason, 280);
  if (verdict === 'unknown') return { ...undecided, judge, reason: { code: 'judge-undecided', reason } };
  if (verdict === 'unusable' || !(judgement.score >= 0 && judgement.score <= 1))
    return { ...undecided, judge, reason: { code: 'judgement-unusable' } };
  return { ...judged(assert, judgement), judge };
}

function judged({ negated, threshold }: RubricAssert, judgement: Judgement): Decision {
  const { verdict, score, reason } = judgement;
  const says = verdict === 'pass';
  const contradicts = isContradictory(judgement);
  const below = says && threshold !== undefined && score < threshold ? { score, threshold } : undefined;
  const holds = says && below === undefined;
  // A score that contradicts the verdict is ignored, unless it caused the failure by missing the threshold.
  const own = contradicts && below === undefined ? Number(says) : score;
  return {
    outcome: holds === negated ? 'fail' : 'pass',
    score: negated ? 1 - own : own,
    reason: { code: 'judged', reason: startOf(reason, 250), below },
    ...(contradicts && { isContradictory: contradicts }),
  };
}
