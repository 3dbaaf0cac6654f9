import { conclude } from './core/endings/conclude.ts';
import { skip } from './core/endings/ending.ts';
import type { Outcome } from './core/endings/outcome.ts';
import type { Problem } from './core/messages/problems.ts';
import { admit, dryRun } from './steps/admit/admit.ts';
import { mergeResults } from './steps/collect/merge-results.ts';
import { chooseBaseline } from './steps/compare/choose-baseline.ts';
import { gather, gatherGiven } from './steps/gather/gather.ts';
import { handOver } from './steps/gather/hand-over.ts';
import { grade } from './steps/grade/grade.ts';
import { readAll } from './steps/read/read-all.ts';
import { warnOfStrangersCode } from './steps/read/strangers-code.ts';
import { keepAnswers } from './steps/reuse/keep-answers.ts';
import { planDryRun, planReuse, submissionOf } from './steps/reuse/plan-reuse.ts';
import { findDeadline } from './steps/run/deadline.ts';
import { findLater, isHandedOver, warnOfDoubt } from './steps/run/later.ts';
import { loadRecord } from './steps/run/load-record.ts';
import type { Run } from './steps/run/run.ts';
import { canceledBy, noteChecks } from './steps/run/run-state.ts';
import { readOwnWorkflow } from './steps/run/workflow.ts';

/**
 * The whole run: reads the requests, loads the record of earlier runs, admits, submits only what is missing, collects
 * and merges the results, grades and concludes. Returns how the run ended. Throws the reason of the signal, and unexpected errors (a
 * full disk, a bug). With any `wrongInputs` it sends nothing, but still reports all other problems.
 */
export async function runBatch(run: Run, wrongInputs: readonly Problem[] = []): Promise<Outcome> {
  const { inputs, runState } = run;
  const skipped = skip(inputs, run.context);
  if (skipped !== undefined) return skipped;
  runState.folderMark = await run.ports.files.markOf(inputs.resultsPath);
  // The later job also follows a run that ends before anything is sent, and writes the same section.
  const workflow = await readOwnWorkflow(run);
  runState.later = await findLater(run, workflow);
  warnOfDoubt(run);

  const read = await readAll(run, wrongInputs);
  await warnOfStrangersCode(run, read.ok ? (read.value.requests?.files ?? []) : []);
  if (!read.ok) return read.outcome;
  const { requests, ...given } = read.value;
  if (requests !== undefined && inputs.dryRun) {
    const planned = await planDryRun(run, requests);
    if (!planned.ok) return planned.outcome;
    const checked = await dryRun(run, submissionOf(run, { requests, ...given }, planned.value));
    noteChecks(runState, checked);
    return checked.outcome;
  }

  const loaded = requests && (await loadRecord(run, requests));
  const chosen = requests && loaded && (await chooseBaseline(run, loaded.store, requests));
  if (chosen?.ok === false) return chosen.outcome;
  const planned = requests && loaded && (await planReuse(run, requests, loaded));
  if (planned?.ok === false) return planned.outcome;
  const admission =
    loaded && planned && (await admit(run, submissionOf(run, { requests, ...given }, planned.value), loaded.decision));
  if (admission !== undefined) noteChecks(runState, admission);
  if (admission?.ok === false) return admission.outcome;

  const collecting = { ...run, prices: given.prices, deadline: await findDeadline(run, workflow) };
  const submitting = loaded && { ...collecting, requests, store: loaded.store, refusal: admission?.value };
  if (submitting && planned && isHandedOver(run)) return handOver(submitting, loaded.decision, planned.value);
  const gathered =
    submitting && planned ? await gather(submitting, loaded.decision, planned.value) : await gatherGiven(collecting);
  if (!gathered.ok) return gathered.outcome;

  const collection = await mergeResults(collecting, gathered.value, requests);
  await keepAnswers(collecting, collection.answers);
  const { extraGrades } = given;
  const graded =
    chosen &&
    (await grade({ ...collecting, requests, store: loaded.store, baseline: chosen.value, extraGrades }, collection));
  if (graded?.ok === false) return graded.outcome;
  const ended = { batches: runState.batches, canceledBy: canceledBy(runState) };
  return conclude({ ...collection, graded: graded?.value }, ended, inputs);
}
