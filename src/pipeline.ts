import { skip } from './core/endings/ending.ts';
import { judge } from './core/endings/judge.ts';
import type { Outcome } from './core/endings/outcome.ts';
import type { Problem } from './core/messages/problems.ts';
import { admit, dryRun } from './steps/admit/admit.ts';
import { mergeResults } from './steps/collect/merge-results.ts';
import { gather, gatherGiven } from './steps/gather/gather.ts';
import { readAll } from './steps/read/read-all.ts';
import { findDeadline } from './steps/run/deadline.ts';
import type { Task } from './steps/run/job.ts';
import { loadRecord } from './steps/run/load-record.ts';
import { canceledBy, noteChecks } from './steps/run/trail.ts';

/**
 * The whole story: read the requests, load what earlier runs left of them, admit, gather results by sending only what is
 * missing, merge them, judge. Returns how the run ended; throws the reason of the signal, and what nobody foresaw (a full disk,
 * a bug). `wrongInputs`: with any of these nothing is sent, but all that is wrong elsewhere is named as well.
 */
export async function runBatch(task: Task, wrongInputs: readonly Problem[] = []): Promise<Outcome> {
  const { inputs, trail } = task;
  const skipped = skip(inputs, task.run);
  if (skipped !== undefined) return skipped;

  const read = await readAll(task, wrongInputs);
  if (!read.ok) return read.outcome;
  const { requests, ...given } = read.value;
  if (requests !== undefined && inputs.dryRun) {
    const checked = await dryRun(task, { requests, ...given });
    noteChecks(trail, checked);
    return checked.outcome;
  }

  const loaded = requests && (await loadRecord(task, requests));
  const admission = loaded && (await admit(task, { requests, ...given }, loaded.decision));
  if (admission !== undefined) noteChecks(trail, admission);
  if (admission?.ok === false) return admission.outcome;

  const collecting = { ...task, prices: given.prices, deadline: await findDeadline(task) };
  const gathered = loaded
    ? await gather({ ...collecting, requests, store: loaded.store, refusal: admission?.value }, loaded.decision)
    : await gatherGiven(collecting);
  if (!gathered.ok) return gathered.outcome;

  const collection = await mergeResults(collecting, gathered.value, requests);
  return judge(collection, trail.batches, inputs, canceledBy(trail));
}
