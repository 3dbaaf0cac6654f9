import { skip } from './core/endings/ending.ts';
import type { Outcome } from './core/endings/outcome.ts';
import type { Problem } from './core/messages/problems.ts';
import { createPart } from './ports/part.ts';
import { readAll } from './steps/read/read-all.ts';
import { warnOfStrangersCode } from './steps/read/strangers-code.ts';
import { findDeadline } from './steps/run/deadline.ts';
import { findLater, isHandedOver, warnOfDoubt } from './steps/run/later.ts';
import { loadRecord } from './steps/run/load-record.ts';
import type { Run } from './steps/run/run.ts';
import { canceledBy, noteChecks } from './steps/run/run-state.ts';
import { readOwnWorkflow } from './steps/run/workflow.ts';

/** The steps that come after the requests are read, and those that end a run. */
export const afterReading: () => Promise<typeof import('./after-reading.ts')> = createPart(
  () => import('./after-reading.ts'),
);

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
    const steps = await afterReading();
    const planned = await steps.planDryRun(run, requests);
    if (!planned.ok) return planned.outcome;
    const checked = await steps.dryRun(run, steps.submissionOf(run, { requests, ...given }, planned.value));
    noteChecks(runState, checked);
    return checked.outcome;
  }

  const loaded = requests && (await loadRecord(run, requests));
  const steps = await afterReading();
  const chosen = requests && loaded && (await steps.chooseBaseline(run, loaded.store, requests));
  if (chosen?.ok === false) return chosen.outcome;
  const planned = requests && loaded && (await steps.planReuse(run, requests, loaded));
  if (planned?.ok === false) return planned.outcome;
  const admission =
    loaded &&
    planned &&
    (await steps.admit(run, steps.submissionOf(run, { requests, ...given }, planned.value), loaded.decision));
  if (admission !== undefined) noteChecks(runState, admission);
  if (admission?.ok === false) return admission.outcome;

  const collecting = { ...run, prices: given.prices, deadline: await findDeadline(run, workflow) };
  const submitting = loaded && { ...collecting, requests, store: loaded.store, refusal: admission?.value };
  if (submitting && planned && isHandedOver(run)) return steps.handOver(submitting, loaded.decision, planned.value);
  const gathered =
    submitting && planned
      ? await steps.gather(submitting, loaded.decision, planned.value)
      : await steps.gatherGiven(collecting);
  if (!gathered.ok) return gathered.outcome;

  const collection = await steps.mergeResults(collecting, gathered.value, requests);
  await steps.keepAnswers(collecting, collection.answers);
  const { extraGrades } = given;
  const graded =
    chosen &&
    (await steps.grade(
      { ...collecting, requests, store: loaded.store, baseline: chosen.value, extraGrades },
      collection,
    ));
  if (graded?.ok === false) return graded.outcome;
  const ended = { batches: runState.batches, canceledBy: canceledBy(runState) };
  return steps.conclude({ ...collection, graded: graded?.value }, ended, inputs);
}
