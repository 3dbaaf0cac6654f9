import type { Unjudged } from '../messages/asserts.ts';
import type { Answer } from './answer.ts';
import type { RubricAssert } from './assert.ts';
import { startOf } from './difference.ts';
import type { AssertResult } from './finding.ts';
import { isContradictory, type Judgement } from './judgement.ts';

/** Stop reasons of an answer that is not whole. */
const CUT: readonly (string | null)[] = ['max_tokens', 'model_context_window_exceeded', 'pause_turn'];

/** Why no judge is needed for an answer; undefined if one is. */
export function unjudgedBy({ stopReason, subject }: Answer): Unjudged | undefined {
  if (stopReason === 'refusal') return 'refusal';
  if (CUT.includes(stopReason)) return 'cut';
  return subject.trim() === '' ? 'empty' : undefined;
}

type Decision = Pick<AssertResult, 'outcome' | 'score' | 'reason' | 'judge' | 'isContradictory'>;

/** What a judgement means for an assert. Without a decision it is never turned round by `not-`. */
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
  // A score that contradicts the verdict says nothing; what falls below a threshold it was asked to reach says so.
  const own = contradicts && below === undefined ? Number(says) : score;
  return {
    outcome: holds === negated ? 'fail' : 'pass',
    score: negated ? 1 - own : own,
    reason: { code: 'judged', reason: startOf(reason, 250), below },
    ...(contradicts && { isContradictory: contradicts }),
  };
}
