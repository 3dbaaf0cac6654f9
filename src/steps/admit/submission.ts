import type { PriceBook } from '../../core/cost/book.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Problem } from '../../core/messages/problems.ts';

/** The answers that requests take from earlier runs. */
export interface EarlierAnswers {
  /** As the API wrote it; undefined for a request that takes none. */
  line(position: number): string | undefined;
  /** Whether an earlier run got an answer to exactly this request line, so that it is not paid for again. */
  isAnswered(line: string): boolean;
  close(): void;
}

/** What may be submitted, and the doubts from reading it. */
export interface Submission {
  readonly requests: RequestSet;
  readonly prices: PriceBook;
  readonly warnings: readonly Problem[];
  /** Opens the answers that the other requests take; undefined if they are not at hand, or their judgements were counted before. */
  readonly openEarlier: (() => EarlierAnswers) | undefined;
  /** Positions of the requests that take no earlier answer, ascending: only they cost anything. */
  readonly toSend: readonly number[];
}
