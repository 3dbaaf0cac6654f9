import { reuseUnavailable } from '../../core/endings/ending.ts';
import { isReused, printSplit, type Split } from '../../core/reuse/split.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import type { SubmittingRun } from '../run/run.ts';
import { underway } from '../run/run-state.ts';
import type { StepResult } from '../run/step-result.ts';
import { fetchReused } from './fetch-reused.ts';
import { dropPlanned, type PlannedReuse, splitOfRecord } from './plan-reuse.ts';

/** The earlier answers to requests that the first round left out. */
export interface TakenReuse {
  readonly downloads: Downloads;
  /** Positions of the requests whose answer is gone: they are still to be sent. Ascending. */
  readonly lost: readonly number[];
}

/**
 * Gets the earlier answers to requests that the first round of the record does not hold. They are planned already, unless planning
 * was left to this moment or another run with the same requests went first. Ends the run if they are only unavailable now.
 */
export async function takeReused(run: SubmittingRun, planned: PlannedReuse): Promise<StepResult<TakenReuse>> {
  const { ports, store, requests } = run;
  const split = splitOfRecord(store.record);
  if (planned.downloads !== undefined && isSame(split, planned.split))
    return { ok: true, value: { downloads: planned.downloads, lost: [] } };
  await dropPlanned(run, planned);
  if (split === undefined) return { ok: true, value: { downloads: new Map(), lost: [] } };
  const { downloads, had, unavailable } = await fetchReused(run, { requests, split });
  if (unavailable !== undefined)
    return { ok: false, outcome: reuseUnavailable(underway(run.runState, ports.clock.now()), unavailable, false) };
  const lost: number[] = [];
  for (let position = 0; position < requests.places.length; position += 1)
    if (isReused(split, position) && !had.has(position)) lost.push(position);
  return { ok: true, value: { downloads, lost } };
}

function isSame(one: Split | undefined, other: Split | undefined): boolean {
  return JSON.stringify(one && printSplit(one)) === JSON.stringify(other && printSplit(other));
}
