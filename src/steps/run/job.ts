import type { PriceBook } from '../../core/cost/book.ts';
import type { Rejected } from '../../core/endings/outcome.ts';
import type { RunContext } from '../../core/inputs/context.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import type { World } from '../../ports/ports.ts';
import type { Deadline } from './deadline.ts';
import type { Trail } from './trail.ts';

/** What every part of a run needs, also one that only says how it ended. */
export interface Task {
  readonly world: World;
  readonly inputs: Inputs;
  readonly run: RunContext;
  readonly trail: Trail;
}

/** What gathering results needs. */
export interface Job extends Task {
  readonly prices: PriceBook;
  readonly deadline: Deadline;
  /** What stands against submitting where nothing of these requests is found to go on with. */
  readonly refusal: Rejected | undefined;
}
