import type { AssertResult, Outcome } from '../asserts/finding.ts';
import type { Scalar } from '../requests/grading-keys.ts';
import { passPower } from '../statistics/pass-power.ts';
import type { GradedAnswer } from './grade-answer.ts';

/** A case of the files: a request with asserts. */
export interface Case {
  /** Without the repeat suffix. */
  readonly customId: string;
  readonly required: boolean;
  readonly metadata: ReadonlyMap<string, Scalar>;
  /** The requested model; empty if unknown. */
  readonly model: string;
  /** Hex SHA-256 of the request and of its asserts. */
  readonly requestDigest: string;
  readonly assertsDigest: string;
}

/** A case with its answers, graded. */
export interface GradedCase extends Case {
  readonly outcome: Outcome;
  /** Mean over its graded answers, from 0 to 1; undefined if none is graded. */
  readonly score: number | undefined;
  readonly answers: readonly GradedAnswer[];
}

/** How many of a case's answers ended how. */
export interface AnswerCounts {
  readonly passed: number;
  readonly failed: number;
  readonly ungraded: number;
}

export function countAnswers(answers: readonly Pick<GradedAnswer, 'outcome'>[]): AnswerCounts {
  let passed = 0;
  let failed = 0;
  for (const { outcome } of answers) {
    if (outcome === 'pass') passed += 1;
    if (outcome === 'fail') failed += 1;
  }
  return { passed, failed, ungraded: answers.length - passed - failed };
}

/**
 * Grades a case by its answers, at least `minPass` of which must pass (`repeat-min-pass`). Ungraded only if the ungraded answers could
 * still change the outcome.
 */
export function gradeCase(of: Case, answers: readonly GradedAnswer[], minPass: number): GradedCase {
  const { passed, ungraded } = countAnswers(answers);
  const outcome = passed >= minPass ? 'pass' : passed + ungraded < minPass ? 'fail' : 'ungraded';
  return { ...of, outcome, score: meanScore(answers), answers };
}

/** Whether some answers passed and some failed. */
export function isFlaky({ passed, failed }: AnswerCounts): boolean {
  return passed > 0 && failed > 0;
}

/** pass^k: the chance that k answers, drawn from the graded ones, all pass. Undefined if there are fewer than k. */
export function passAllOf(k: number, { passed, failed }: AnswerCounts): number | undefined {
  const graded = passed + failed;
  if (k > graded) return undefined;
  return passPower(graded, passed, k);
}

/** The mean score per metric over a case's graded answers, including asserts in sets. */
export function metricScores(answers: readonly GradedAnswer[]): ReadonlyMap<string, number> {
  if (answers.every(({ results }) => results.every(isBare))) return NO_SCORES;
  const sums = new Map<string, number>();
  /** Only for metrics that occur more than once. */
  let counts: Map<string, number> | undefined;
  const note = ({ metric, score, results }: AssertResult): void => {
    if (metric !== undefined && score !== undefined) {
      const sum = sums.get(metric);
      sums.set(metric, (sum ?? 0) + score);
      if (sum !== undefined) {
        counts ??= new Map();
        counts.set(metric, (counts.get(metric) ?? 1) + 1);
      }
    }
    if (results !== undefined) for (const one of results) note(one);
  };
  for (const answer of answers) for (const one of answer.results) note(one);
  if (counts !== undefined) for (const [metric, count] of counts) sums.set(metric, (sums.get(metric) ?? 0) / count);
  return sums;
}

const NO_SCORES: ReadonlyMap<string, number> = new Map();

function isBare({ metric, results }: AssertResult): boolean {
  return metric === undefined && results === undefined;
}

function meanScore(answers: readonly GradedAnswer[]): number | undefined {
  let sum = 0;
  let count = 0;
  for (const { outcome, score } of answers) {
    if (outcome === 'ungraded' || score === undefined) continue;
    sum += score;
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}
