import type { AssertReason } from '../messages/asserts.ts';
import type { Judge } from './judgement.ts';

/** What a check found, before `not-` turns it round. `holds` is undefined if it cannot be decided. */
export interface Finding {
  readonly holds: boolean | undefined;
  readonly reason: AssertReason;
  /** From 0 to 1; 1 or 0 where it is left out. */
  readonly score?: number;
}

export type Outcome = 'pass' | 'fail' | 'ungraded';

/** How an answer did by one assert. */
export interface AssertResult {
  /** As it is written, with its `not-`. */
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
  /** Of a set: those of its asserts. */
  readonly results?: readonly AssertResult[] | undefined;
}
