import type { PriceBook } from '../../core/cost/book.ts';
import type { Rejected } from '../../core/endings/outcome.ts';
import type { GitHubContext } from '../../core/inputs/context.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Batch } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RecordStore } from './record-store.ts';
import type { RunState } from './run-state.ts';

/** What every part of a run needs, even one that only reports how it ended. */
export interface Run {
  readonly ports: Ports;
  readonly inputs: Inputs;
  readonly context: GitHubContext;
  readonly runState: RunState;
}

/** Deadline in ms since the epoch, by the batches known so far. */
export type Deadline = (batches: readonly Batch[]) => number;

/** A run that waits for batches and collects their results. */
export interface CollectingRun extends Run {
  readonly prices: PriceBook;
  readonly deadline: Deadline;
}

/** A run that has requests, and submits what has no batch yet. */
export interface SubmittingRun extends CollectingRun {
  readonly requests: RequestSet;
  readonly store: RecordStore;
  /** Why not to submit, unless a batch of these requests is found to continue with. */
  readonly refusal: Rejected | undefined;
}
