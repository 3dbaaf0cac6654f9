import type { Run } from './run.ts';
import type { RunState } from './run-state.ts';

/** The run of the judgements. `batch-id` does not apply to it: those batches are answers. */
export function judgingPart<T extends Run>(run: T, judging: RunState): T {
  return { ...run, inputs: { ...run.inputs, batchIds: [] }, runState: judging };
}

/** The parts of a run that have batches: answers and, once they are asked for, their judgements. */
export function partsOf(run: Run): readonly Run[] {
  const { judging } = run.runState;
  return judging === undefined ? [run] : [run, judgingPart(run, judging)];
}
