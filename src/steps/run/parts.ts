import type { Run } from './run.ts';
import type { RunState } from './run-state.ts';

/** A run as far as it is about judgements: what `batch-id` gives are answers. */
export function judgingPart<T extends Run>(run: T, judging: RunState): T {
  return { ...run, inputs: { ...run.inputs, batchIds: [] }, runState: judging };
}

/** What a run has batches of: answers and, once they are asked for, their judgements. */
export function partsOf(run: Run): readonly Run[] {
  const { judging } = run.runState;
  return judging === undefined ? [run] : [run, judgingPart(run, judging)];
}
