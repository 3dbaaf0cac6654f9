import { skip } from './core/endings/ending.ts';
import { judge } from './core/endings/judge.ts';
import type { Outcome } from './core/endings/outcome.ts';
import type { Problem } from './core/messages/problems.ts';
import { admit, dryRun } from './steps/admit/admit.ts';
import { mergeResults } from './steps/collect/merge-results.ts';
import { gather, gatherGiven } from './steps/gather/gather.ts';
import { readAll } from './steps/read/read-all.ts';
import { findDeadline } from './steps/run/deadline.ts';
import { loadRecord } from './steps/run/load-record.ts';
import type { Run } from './steps/run/run.ts';
import { canceledBy, noteChecks } from './steps/run/run-state.ts';

/**
 * The whole story: read the requests, load what earlier runs left of them, admit, gather results by sending only what is
 * missing, merge them, judge. Returns how the run ended; throws the reason of the signal, and what nobody foresaw (a full disk,
 * a bug). `wrongInputs`: with any of these nothing is sent, but all that is wrong elsewhere is named as well.
 */
export async function runBatch(run: Run, wrongInputs: readonly Problem[] = []): Promise<Outcome> {
  const { inputs, runState } = run;
  const skipped = skip(inputs, run.context);
  if (skipped !== undefined) return skipped;

  const read = await readAll(run, wrongInputs);
  if (!read.ok) return read.outcome;
  const { requests, ...given } = read.value;
  if (requests !== undefined && inputs.dryRun) {
    const checked = await dryRun(run, { requests, ...given });
    noteChecks(runState, checked);
    return checked.outcome;
  }

  const loaded = requests && (await loadRecord(run, requests));
  const admission = loaded && (await admit(run, { requests, ...given }, loaded.decision));
  if (admission !== undefined) noteChecks(runState, admission);
  if (admission?.ok === false) return admission.outcome;

  const collecting = { ...run, prices: given.prices, deadline: await findDeadline(run) };
  const gathered = loaded
    ? await gather({ ...collecting, requests, store: loaded.store, refusal: admission?.value }, loaded.decision)
    : await gatherGiven(collecting);
  if (!gathered.ok) return gathered.outcome;

  const collection = await mergeResults(collecting, gathered.value, requests);
  return judge(collection, runState.batches, inputs, canceledBy(runState));
}
