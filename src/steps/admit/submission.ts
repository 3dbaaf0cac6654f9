import type { PriceBook } from '../../core/cost/book.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Problem } from '../../core/messages/problems.ts';

/** What may be submitted, and the doubts from reading it. */
export interface Submission {
  readonly requests: RequestSet;
  readonly prices: PriceBook;
  readonly warnings: readonly Problem[];
  /** Positions of the requests that take no earlier answer, ascending: only they cost anything. */
  readonly toSend: readonly number[];
}
