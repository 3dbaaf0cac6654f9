import { combine } from '../asserts/combine.ts';
import type { AssertResult, Outcome } from '../asserts/finding.ts';

/** Which answer it is: two runs that have the same one say nothing about a change. */
export interface AnswerId {
  readonly batchId: string | undefined;
  /** With its `-r1`, `-r2`, … where there are several answers. */
  readonly customId: string;
  /** Of an answer that an earlier run got: when its batch was created, in RFC 3339. */
  readonly reusedFrom?: string | undefined;
}

/** How an answer did by all its asserts. */
export interface GradedAnswer extends AnswerId {
  readonly outcome: Outcome;
  /** Weighted mean of what is graded, from 0 to 1; undefined if nothing is. */
  readonly score: number | undefined;
  /** None where there was no answer. */
  readonly results: readonly AssertResult[];
}

/** Grades an answer by the results of its asserts, with the threshold of its line. */
export function gradeAnswer(id: AnswerId, results: readonly AssertResult[], threshold?: number): GradedAnswer {
  return { ...id, ...combine(results, threshold), results };
}

/** A request that ended without an answer: neither a pass nor a fail. */
export function ungradedAnswer(id: AnswerId): GradedAnswer {
  return { ...id, outcome: 'ungraded', score: undefined, results: [] };
}
