import type { AssertReason } from '../messages/asserts.ts';
import type { Judge } from './judgement.ts';

/** What a check found, before `not-` inverts it. `holds` is undefined if it cannot be decided. */
export interface Finding {
  readonly holds: boolean | undefined;
  readonly reason: AssertReason;
  /** From 0 to 1; if left out, 1 for a pass and 0 for a fail. */
  readonly score?: number;
}

export type Outcome = 'pass' | 'fail' | 'ungraded';

/** The result of one assert for one answer. */
export interface AssertResult {
  /** As written, with its `not-`. */
  readonly type: string;
  readonly metric: string | undefined;
  readonly outcome: Outcome;
  /** From 0 to 1; undefined if it is ungraded. */
  readonly score: number | undefined;
  readonly weight: number;
  readonly reason: AssertReason;
  readonly judge?: Judge | undefined;
  /** The judge's verdict and score contradict each other; the verdict holds. */
  readonly isContradictory?: true | undefined;
  /** For a set: the results of its asserts. */
  readonly results?: readonly AssertResult[] | undefined;
}
