import { reuseUnavailable } from '../../core/endings/ending.ts';
import type { Failed, Pending } from '../../core/endings/outcome.ts';
import type { Run } from '../run/run.ts';
import { underway } from '../run/run-state.ts';
import type { FetchedReuse } from './fetch-reused.ts';

/** How the run ends where a batch of an earlier run has what is to be reused, but could not be read now. */
export function unreadReuse(
  { ports, runState }: Pick<Run, 'ports' | 'runState'>,
  unavailable: NonNullable<FetchedReuse['unavailable']>,
): Pending | Failed {
  const of = runState.answers === undefined ? 'answers' : 'judgements';
  return reuseUnavailable(underway(runState, ports.clock.now()), unavailable, of);
}
