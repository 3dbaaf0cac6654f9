import { combine } from '../asserts/combine.ts';
import type { AssertResult, Outcome } from '../asserts/finding.ts';

/** Identifies an answer: two runs that share one say nothing about a change. */
export interface AnswerId {
  readonly batchId: string | undefined;
  /** With `-r1`, `-r2`, … if there are several answers. */
  readonly customId: string;
  /** For an answer from an earlier run: when its batch was created, in RFC 3339. */
  readonly reusedFrom?: string | undefined;
}

/** An answer's result over all its asserts. */
export interface GradedAnswer extends AnswerId {
  readonly outcome: Outcome;
  /** Weighted mean of the graded results, from 0 to 1; undefined if none is graded. */
  readonly score: number | undefined;
  /** Empty if there was no answer. */
  readonly results: readonly AssertResult[];
}

/** Grades an answer by its asserts' results and its line's threshold. */
export function gradeAnswer(id: AnswerId, results: readonly AssertResult[], threshold?: number): GradedAnswer {
  return { ...id, ...combine(results, threshold), results };
}

/** A request that ended without an answer neither passes nor fails. */
export function ungradedAnswer(id: AnswerId): GradedAnswer {
  return { ...id, outcome: 'ungraded', score: undefined, results: [] };
}
