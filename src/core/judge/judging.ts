import type { Batch } from '../../ports/api.ts';
import type { Judge } from '../asserts/judgement.ts';
import type { Accounts } from '../results/accounts.ts';

/** The judgements of a run: one more set of requests, sent once the answers are in. */
export interface Judging {
  readonly judge: Judge;
  readonly batches: readonly Batch[];
  /** What became of the requests for judgements, and what they cost. `counts.succeeded` may hold unusable ones. */
  readonly accounts: Accounts;
  /** `judge-results.jsonl`, an absolute path: the API's lines in the order of the judge's requests. */
  readonly results: string;
  /** Batches all of whose results are in `results`. */
  readonly holds: ReadonlySet<string>;
}
