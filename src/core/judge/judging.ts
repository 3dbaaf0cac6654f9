import type { Batch } from '../../ports/api.ts';
import type { Judge } from '../asserts/judgement.ts';
import type { Accounts } from '../results/accounts.ts';

/** A run's judgements: a second set of requests, sent once the answers are in. */
export interface Judging {
  readonly judge: Judge;
  readonly batches: readonly Batch[];
  /** How the judge's requests ended, and what they cost. `counts.succeeded` may include unusable ones. */
  readonly accounts: Accounts;
  /** `judge-results.jsonl`, an absolute path: the API's lines in the order of the judge's requests. */
  readonly results: string;
  /** Batches whose results are all in `results`. */
  readonly holds: ReadonlySet<string>;
}
