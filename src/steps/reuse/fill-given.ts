import { reuseUnavailable } from '../../core/endings/ending.ts';
import { selectResults } from '../../core/results/select-results.ts';
import { narrowSplit } from '../../core/reuse/split.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import type { SubmittingRun } from '../run/run.ts';
import { underway } from '../run/run-state.ts';
import type { StepResult } from '../run/step-result.ts';
import { fetchReused } from './fetch-reused.ts';
import { fetchChosen, findSplit, splitOfRecord } from './plan-reuse.ts';

/**
 * Adds earlier answers to the results of given batches, for requests that these do not hold: if a record says so, those that the
 * run that sent the batches had left out. Nothing is sent, so what is gone stays missing.
 */
export async function fillGiven(run: SubmittingRun, downloads: Downloads): Promise<StepResult<Downloads>> {
  const { ports, inputs, requests, runState, store } = run;
  if (inputs.reuseAnswers !== 'true') return { ok: true, value: downloads };
  const held = selectResults(
    Array.from(downloads.values(), ({ lines }) => lines),
    requests.ids,
  );
  const absent = new Set([...requests.ids.values()].filter((position) => held.lineOf(position) === undefined));
  const decided = store.holds(runState.batches) ? splitOfRecord(store.record) : undefined;
  const wanted = decided ?? (absent.size > 0 ? (await findSplit(run, requests)).split : undefined);
  const split = wanted && narrowSplit(wanted, absent);
  if (split === undefined) return { ok: true, value: downloads };
  const fetched =
    decided === undefined ? await fetchChosen(run, requests, split) : await fetchReused(run, { requests, split });
  if (fetched.unavailable !== undefined)
    return { ok: false, outcome: reuseUnavailable(underway(runState, ports.clock.now()), fetched.unavailable, false) };
  return { ok: true, value: new Map([...fetched.downloads, ...downloads]) };
}
