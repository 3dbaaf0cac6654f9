import type { Batch } from '../../ports/api.ts';
import type { WrittenFile } from '../intake/request-set.ts';
import type { Problem } from '../messages/problems.ts';
import type { Accounts } from '../results/accounts.ts';
import type { CasePlaces } from '../results/case-places.ts';

/** How a run can end, as data. What it says in words is the report's business. */
export type Outcome = Skipped | Empty | DryRun | Rejected | Failed | Pending | Collected;

/** No credentials on a pull request from a fork or by Dependabot. */
export interface Skipped {
  readonly status: 'skipped';
  readonly why: 'fork' | 'dependabot';
}

/** No request file, or no line in them, where the workflow allows that. */
export interface Empty {
  readonly status: 'empty';
  readonly patterns: readonly string[];
  readonly loud: boolean;
}

/** Checked and estimated, and by wish not submitted. */
export interface DryRun {
  readonly status: 'dry-run';
  readonly requestCount: number;
  /** Set where the step fails all the same, as where nothing could be reported. */
  readonly failure: string | undefined;
}

/** Nothing was submitted: input, or the API refused the batch as such. */
export interface Rejected {
  readonly status: 'rejected';
  readonly problems: readonly Problem[];
  /** Undefined where not all lines could be read as requests. */
  readonly requestCount?: number;
}

/** The API, the network or the machine ended the run, and no batch is known to be alive. */
export interface Failed {
  readonly status: 'failed';
  /** One sentence: what happened and what to do. */
  readonly failure: string;
  /** Set where the API does not know a batch that there was. */
  readonly lostBatch?: string;
  /** Batches that there were, in their newest known state. */
  readonly batches?: readonly Batch[];
  /** Set where batches are. */
  readonly requestCount?: number;
}

/** A batch is alive or uncollected. */
export interface Pending {
  readonly status: 'pending';
  readonly batches: readonly Batch[];
  readonly requestCount: number;
  readonly waitedMs: number;
  /** Whether a run with the same requests finds these batches by itself. */
  readonly resumable: boolean;
  /** Set where the step fails all the same: what happened and what to do. */
  readonly failure: string | undefined;
}

/** Results are in. */
export interface Collected {
  readonly status: 'completed' | 'canceled';
  readonly batches: readonly Batch[];
  readonly accounts: Accounts;
  /** From creation of the first batch to the end of the last, in ms. */
  readonly tookMs: number | undefined;
  readonly files: ResultFiles;
  /** Set where the step fails: the gate, a canceled batch, a failed upload. */
  readonly failure: string | undefined;
}

/** What this run wrote, by absolute paths; undefined where it wrote none. */
export interface ResultFiles {
  readonly requests: WrittenFile | undefined;
  readonly results: string;
  readonly retry: string | undefined;
  /** Where each request stands in these files; without it there is no page. */
  readonly cases?: CasePlaces;
}
