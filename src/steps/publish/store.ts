import type { Collected, Outcome } from '../../core/endings/outcome.ts';
import { MAX_REQUESTS_BYTES } from '../../core/page/artifact-location.ts';
import { summarize } from '../../core/summary/summarize.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Task } from '../run/job.ts';
import { close, previewNewUsd } from './close.ts';
import { deleteBatches } from './delete.ts';
import { aboutOf, type ReportFiles, writeReport } from './write-report.ts';

/** Where the results are kept, and what went wrong on the way, as sentences. */
export interface Stored {
  readonly artifact: StoredArtifact | undefined;
  /** USD with six decimals; undefined where it is not known. */
  readonly newUsd: string | undefined;
  readonly troubles: readonly string[];
}

/** Uploads what came back, and where it is safe closes the record and deletes the batches. Never throws. */
export async function store(task: Task, outcome: Outcome): Promise<Stored> {
  if (!('files' in outcome)) return { artifact: undefined, newUsd: undefined, troubles: [] };
  const usd = summarize(outcome, aboutOf(task, undefined)).cost.usd ?? undefined;
  const nothingYet = { artifact: undefined, page: undefined };
  const report = await writeReport(task, outcome, previewNewUsd(task, usd), nothingYet);
  const { artifact, troubles } = await upload(task, outcome, report);
  // A run that kept nothing has not collected: a later one does, and reports the cost.
  if (troubles.length > 0) return { artifact, newUsd: usd === undefined ? undefined : '0.000000', troubles };
  // An artifact without the results is none that they could be restored from.
  const restorable = task.inputs.artifactContent === 'none' ? undefined : artifact;
  try {
    const { newUsd } = await close(task, outcome, usd, restorable);
    // A batch whose record is not closed stays: the record has to lead to something.
    await tryToDelete(task, outcome, restorable);
    return { artifact, newUsd, troubles };
  } catch (error) {
    task.world.log.warning(`That these results are collected could not be remembered: ${describeCauses(error)}.`);
    return { artifact, newUsd: undefined, troubles };
  }
}

/** Results that could not be stored fail the step: the runner's disk goes with it. A report that is missing keeps nothing back. */
async function upload(
  { world, inputs }: Task,
  outcome: Collected,
  report: ReportFiles,
): Promise<{ readonly artifact: StoredArtifact | undefined; readonly troubles: readonly string[] }> {
  const { resultsPath: folder, artifactName: name, retentionDays, artifactContent: content } = inputs;
  if (name === '') return { artifact: undefined, troubles: report.troubles };
  const { requests, results, retry } = outcome.files;
  // Beyond its limit the file stays here, and its size and digest stand in summary.json.
  const lines = requests !== undefined && requests.bytes <= MAX_REQUESTS_BYTES ? requests.path : undefined;
  const texts = { full: [lines, results, retry], answers: [results], none: [] }[content];
  const files = [...texts, report.summaryFile, report.reportFile].filter((path) => path !== undefined);
  try {
    const artifact = await world.artifacts.upload({ name, files, folder, retentionDays });
    if (artifact === undefined) world.log.info(`This server has no artifact service: the results are in ${folder}.`);
    return { artifact, troubles: report.troubles };
  } catch (error) {
    const trouble = `The results were collected but could not be stored as an artifact: ${describeCauses(error)}.`;
    return { artifact: undefined, troubles: [...report.troubles, trouble] };
  }
}

async function tryToDelete(task: Task, outcome: Collected, artifact: StoredArtifact | undefined): Promise<void> {
  try {
    await deleteBatches(task, outcome, artifact);
  } catch (error) {
    task.world.log.warning(`The batch was not deleted at the API: ${describeCauses(error)}.`);
  }
}
