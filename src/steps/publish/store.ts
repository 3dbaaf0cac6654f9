import type { Collected, Outcome } from '../../core/endings/outcome.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { MAX_REQUESTS_BYTES } from '../../core/page/case-list.ts';
import { summarize } from '../../core/summary/summarize.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';
import { deleteAll, markAll, previewCost, unstoredCost } from './finish.ts';
import { uploadGrades } from './upload-grades.ts';
import { aboutOf, type Kept, type ReportFiles, writeReport } from './write-report.ts';

const NOTHING: Kept = { artifact: undefined, newCost: undefined, failures: [], notices: [] };

/** Uploads the results and, once they are safe, marks the record and deletes the batches. Never throws. */
export async function store(run: Run, outcome: Outcome): Promise<Kept> {
  if (!('files' in outcome)) return NOTHING;
  // The artifact holds the report, which therefore cannot name the artifact.
  const preview = { ...NOTHING, newCost: await previewCost(run, outcome) };
  const summary = summarize(outcome, aboutOf(run, preview));
  const report = await writeReport(run, summary, { artifact: undefined, page: undefined });
  const { artifact, failures } = await upload(run, await withoutExposed(run, outcome), report);
  await uploadGrades(run, outcome, artifact);
  // A run that stored nothing has not collected: a later run does, and reports the cost.
  if (failures.length > 0) return { artifact, newCost: unstoredCost(run, outcome), failures, notices: [] };
  // Results cannot be restored from an artifact that does not hold them.
  const restorable = run.inputs.artifactContent === 'none' ? undefined : artifact;
  try {
    const { newCost, notices } = await markAll(run, outcome, restorable);
    // A batch whose record is not marked stays: the record must lead to results.
    const deleted = await deleteAll(run, outcome, restorable);
    return { artifact, newCost, failures, notices: [...notices, ...deleted] };
  } catch (error) {
    run.ports.log.warning({ code: 'collected-not-recorded', reason: describeCauses(error) });
    return { ...NOTHING, artifact };
  }
}

/**
 * Without the request lines that hold a secret of this run: they are not needed outside the runner. Results that repeat one
 * stay as they came, with a warning.
 */
async function withoutExposed({ ports, inputs }: Run, outcome: Collected): Promise<Collected> {
  const { files } = outcome;
  const holds = async (path: string | undefined): Promise<boolean> =>
    path !== undefined && (await ports.files.holdsSecret(path).catch(() => false));
  const isUploaded = inputs.artifactName !== '' && inputs.artifactContent !== 'none';
  // Searching a file takes as long as sending it.
  const lines = inputs.artifactContent === 'full' ? linesToUpload(outcome) : undefined;
  const answers = {
    'results.jsonl': files.results,
    'judge-results.jsonl': outcome.graded?.files.judgeResults,
  } as const;
  const exposed: (keyof typeof answers)[] = [];
  for (const name of ['results.jsonl', 'judge-results.jsonl'] as const)
    if (await holds(answers[name])) exposed.push(name);
  if (exposed.length > 0) ports.log.warning({ code: 'secret-in-results', files: exposed, isUploaded });
  if (!(await holds(lines)) && !(await holds(files.retry))) return outcome;
  ports.log.warning({ code: 'secret-in-requests' });
  return { ...outcome, files: { ...files, requests: undefined, retry: undefined } };
}

/** Results that could not be stored fail the step: they vanish with the runner's disk. A missing report does not. */
async function upload(run: Run, outcome: Collected, report: ReportFiles): Promise<Pick<Kept, 'artifact' | 'failures'>> {
  const { ports, inputs } = run;
  const { artifactName: name, retentionDays, artifactContent: content } = inputs;
  const { failures } = report;
  if (name === '') return { artifact: undefined, failures };
  const { results, retry } = outcome.files;
  const lines = linesToUpload(outcome);
  const { grades, junit, benchmark, benchmarkCost, judgeResults } = outcome.graded?.files ?? {};
  const texts = {
    full: [lines, results, retry, judgeResults],
    answers: [results, judgeResults],
    none: [],
  }[content];
  // Without reasons where the content is `none`.
  const figures = [grades, junit, benchmark, benchmarkCost];
  const files = [...texts, ...figures, report.summaryFile, report.reportFile].filter((path) => path !== undefined);
  try {
    const artifact = await ports.artifacts.upload({ name, files, folder: folderOf(run), retentionDays });
    if (artifact === undefined) ports.log.info({ code: 'no-artifact-service', folder: inputs.resultsPath });
    return { artifact, failures };
  } catch (error) {
    const failure: Failure = { code: 'upload-failed', reason: describeCauses(error) };
    return { artifact: undefined, failures: [...failures, failure] };
  }
}

/** `requests.jsonl`, unless it is above its limit: then the file stays here, and summary.json has its size and digest. */
function linesToUpload({ files: { requests } }: Collected): string | undefined {
  return requests !== undefined && requests.bytes <= MAX_REQUESTS_BYTES ? requests.path : undefined;
}
