import type { Batch } from '../../ports/api.ts';
import type { WrittenFile } from '../../ports/machine.ts';
import type { GradedRun } from '../comparison/graded-run.ts';
import type { Later } from '../inputs/later.ts';
import type { Failure } from '../messages/failures.ts';
import type { Problem } from '../messages/problems.ts';
import type { Accounts, ReusedSource } from '../results/accounts.ts';
import type { CasePlaces } from '../results/case-places.ts';
import type { Femto } from '../text/money.ts';

/** How a run can end, as data. The step fails if there are `failures`; without any it is green, except that `rejected` always fails. */
export type Outcome = Skipped | Empty | DryRun | Rejected | Failed | Pending | Collected;

/** No credentials on a pull request from a fork or by Dependabot. */
export interface Skipped {
  readonly status: 'skipped';
  readonly why: 'fork' | 'dependabot';
}

/** No request file, or no line in them, and the workflow allows that. */
export interface Empty {
  readonly status: 'empty';
  readonly patterns: readonly string[];
  readonly loud: boolean;
}

/** Checked and estimated but not submitted, as the user asked. */
export interface DryRun {
  readonly status: 'dry-run';
  readonly requestCount: number;
  readonly failures: readonly Failure[];
}

/** Nothing was submitted: the input is invalid, or the API refused the key or the batch itself. */
export interface Rejected {
  readonly status: 'rejected';
  readonly problems: readonly Problem[];
  readonly failures: readonly Failure[];
  /** Undefined if some lines could not be read as requests. */
  readonly requestCount?: number;
}

/** The API, the network or the machine ended the run, and no live batch is known. */
export interface Failed {
  readonly status: 'failed';
  /** At least one. */
  readonly failures: readonly Failure[];
  /** Set if the API no longer knows a batch that existed. */
  readonly lostBatch?: string;
  /** Batches that existed, in their last known state. */
  readonly batches?: readonly Batch[];
  /** Set if `batches` is. */
  readonly requestCount?: number;
}

/** A run's knowledge of its batches if it ends before collecting. */
export interface Underway {
  readonly batches: readonly Batch[];
  readonly requestCount: number;
  readonly waitedMs: number;
  /** Whether a run with the same requests finds these batches. */
  readonly resumable: boolean;
  /** The judgements' batches, if the answers are in and being judged. */
  readonly judgeBatches?: readonly Batch[];
  /** Whether a case is `required`, so the grades decide the check. */
  readonly hasRequired?: boolean;
  /** Who continues; absent if unknown. */
  readonly later?: Later;
}

/** A batch is alive or uncollected. */
export interface Pending extends Underway {
  readonly status: 'pending';
  /** Whether this run only submitted, and a later job waits, collects and judges. */
  readonly handedOver?: boolean;
  readonly failures: readonly Failure[];
}

export interface Collected {
  readonly status: 'completed' | 'canceled';
  readonly batches: readonly Batch[];
  readonly accounts: Accounts;
  /** From creation of the first batch to the end of the last, in ms. */
  readonly tookMs: number | undefined;
  readonly files: ResultFiles;
  /** Undefined if no request has an assert. */
  readonly graded?: GradedRun | undefined;
  /** Undefined if no answer came from an earlier run. */
  readonly reuse?: Reuse | undefined;
  readonly failures: readonly Failure[];
}

/** What a run reused from earlier ones. */
export interface Reuse {
  /** Requests that took an earlier answer, and the rest, which were sent. */
  readonly reused: number;
  readonly sent: number;
  /** What those answers originally cost in a batch, as far as prices are known. */
  readonly savedUsd: Femto;
  /** When the oldest of their batches was created, in ms since the epoch; undefined if no batch says. */
  readonly oldestMs: number | undefined;
  /** Newest first. */
  readonly sources: readonly ReusedSource[];
}

/** Files this run wrote, as absolute paths; undefined if it wrote none. */
export interface ResultFiles {
  readonly requests: WrittenFile | undefined;
  readonly results: string;
  readonly retry: string | undefined;
  /** Batches whose results are all in `results`; absent if unknown. */
  readonly holds?: ReadonlySet<string>;
  /** Position of each request in these files; without it there is no page. */
  readonly cases?: CasePlaces;
}

export function failuresOf(outcome: Outcome): readonly Failure[] {
  if (outcome.status === 'skipped' || outcome.status === 'empty') return [];
  if (outcome.status !== 'rejected' || outcome.problems.length === 0) return outcome.failures;
  return [{ code: 'input-rejected', problems: outcome.problems }, ...outcome.failures];
}

export function withFailures(outcome: Outcome, failures: readonly Failure[]): Outcome {
  if (failures.length === 0) return outcome;
  if (outcome.status === 'skipped' || outcome.status === 'empty') return { status: 'failed', failures };
  return { ...outcome, failures: [...outcome.failures, ...failures] };
}
