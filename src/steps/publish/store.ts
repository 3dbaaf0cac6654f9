import type { Collected, Outcome } from '../../core/endings/outcome.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { MAX_REQUESTS_BYTES } from '../../core/page/case-list.ts';
import { knownCost } from '../../core/results/accounts.ts';
import { summarize } from '../../core/summary/summarize.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Task } from '../run/job.ts';
import { deleteBatches } from './delete-batches.ts';
import { markCollected, previewNewCost } from './mark-collected.ts';
import { aboutOf, type Kept, type ReportFiles, writeReport } from './write-report.ts';

const NOTHING: Kept = { artifact: undefined, newCost: undefined, failures: [], notices: [] };

/** Uploads what came back, and where it is safe marks the record and deletes the batches. Never throws. */
export async function store(task: Task, outcome: Outcome): Promise<Kept> {
  if (!('files' in outcome)) return NOTHING;
  // The artifact holds the report, which cannot name the artifact yet.
  const preview = { ...NOTHING, newCost: previewNewCost(task, outcome) };
  const summary = summarize(outcome, aboutOf(task, preview));
  const report = await writeReport(task, summary, { artifact: undefined, page: undefined });
  const { artifact, failures } = await upload(task, outcome, report);
  // A run that kept nothing has not collected: a later one does, and reports the cost.
  if (failures.length > 0) {
    return { artifact, newCost: knownCost(outcome.accounts) === undefined ? undefined : 0n, failures, notices: [] };
  }
  // An artifact without the results is none that they could be restored from.
  const restorable = task.inputs.artifactContent === 'none' ? undefined : artifact;
  try {
    const { newCost, notices } = await markCollected(task, outcome, restorable);
    // A batch whose record is not marked stays: the record has to lead to something.
    const deleted = await deleteBatches(task, outcome, restorable);
    return { artifact, newCost, failures, notices: [...notices, ...deleted] };
  } catch (error) {
    task.world.log.warning({ code: 'collected-not-recorded', reason: describeCauses(error) });
    return { ...NOTHING, artifact };
  }
}

/** Results that could not be stored fail the step: the runner's disk goes with it. A report that is missing keeps nothing back. */
async function upload(
  { world, inputs }: Task,
  outcome: Collected,
  report: ReportFiles,
): Promise<Pick<Kept, 'artifact' | 'failures'>> {
  const { resultsPath: folder, artifactName: name, retentionDays, artifactContent: content } = inputs;
  const { failures } = report;
  if (name === '') return { artifact: undefined, failures };
  const { requests, results, retry } = outcome.files;
  // Beyond its limit the file stays here, and its size and digest stand in summary.json.
  const lines = requests !== undefined && requests.bytes <= MAX_REQUESTS_BYTES ? requests.path : undefined;
  const texts = { full: [lines, results, retry], answers: [results], none: [] }[content];
  const files = [...texts, report.summaryFile, report.reportFile].filter((path) => path !== undefined);
  try {
    const artifact = await world.artifacts.upload({ name, files, folder, retentionDays });
    if (artifact === undefined) world.log.info({ code: 'no-artifact-service', folder });
    return { artifact, failures };
  } catch (error) {
    const failure: Failure = { code: 'upload-failed', reason: describeCauses(error) };
    return { artifact: undefined, failures: [...failures, failure] };
  }
}
