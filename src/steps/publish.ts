import { join } from 'node:path';
import { pricesAsOf } from '../core/cost/table.ts';
import type { RunContext } from '../core/inputs/context.ts';
import type { Inputs } from '../core/inputs/inputs.ts';
import { fullReport } from '../core/report/link.ts';
import { renderLog } from '../core/report/log-lines.ts';
import { renderReport } from '../core/report/markdown.ts';
import { outputsOf } from '../core/report/outputs.ts';
import { type About, summarize } from '../core/report/summarize.ts';
import { printSummary, type Summary } from '../core/report/summary.ts';
import { describeCauses } from '../errors.ts';
import type { Collected, Outcome } from '../outcome.ts';
import type { Files, StoredArtifact, World } from '../ports.ts';
import { annotate } from './annotate.ts';
import { tellComment } from './tell.ts';
import type { Trail } from './trail.ts';

/**
 * Tells everybody how the run ended, all from one summary: the files, the artifact, the comment, the job summary, the
 * outputs and the log. Returns whether the step succeeds. Throws where a file or an output cannot be written.
 */
export async function publish(
  world: World,
  inputs: Inputs,
  run: RunContext,
  trail: Trail,
  outcome: Outcome,
): Promise<boolean> {
  const about: About = { run, inputs, source: trail.source, pricesAsOf };
  const stored = 'files' in outcome ? await store(world, inputs, about, outcome) : { outcome, artifact: undefined };
  const summary = summarize(stored.outcome, about);
  const files = await writeReport(world.files, inputs.resultsPath, summary, stored.outcome);

  const failing = summary.failure !== null;
  const text = renderReport(summary, { artifact: stored.artifact });
  const silent = summary.status === 'skipped' || summary.status === 'empty';
  const comment = silent
    ? undefined
    : await tellComment(world, { inputs, run, text, failing, fullReport: fullReport(run) });
  for (const [name, value] of outputsOf(summary, { ...files, artifact: stored.artifact, comment })) {
    world.runner.setOutput(name, value);
  }
  for (const line of renderLog(summary)) world.log.info(line);
  if (inputs.summary) await writeSummary(world, text);
  annotate(world.log, stored.outcome);
  return !failing;
}

interface Stored {
  readonly outcome: Outcome;
  readonly artifact: StoredArtifact | undefined;
}

/** Uploads what came back. Results that could not be stored fail the step: the runner's disk goes with it. */
async function store(world: World, inputs: Inputs, about: About, outcome: Collected): Promise<Stored> {
  const { resultsPath: folder, artifactName: name, retentionDays } = inputs;
  if (name === '') return { outcome, artifact: undefined };
  const { summaryFile, reportFile } = await writeReport(world.files, folder, summarize(outcome, about), outcome);
  const { requests, results, retry } = outcome.files;
  // Beyond its limit the file stays here, and its size and digest stand in summary.json.
  const lines = requests !== undefined && requests.bytes <= MAX_REQUESTS_BYTES ? requests.path : undefined;
  const files = [lines, results, retry, summaryFile, reportFile].filter((path) => path !== undefined);
  try {
    const artifact = await world.artifacts.upload({ name, files, folder, retentionDays });
    if (artifact === undefined) world.log.info(`This server has no artifact service: the results are in ${folder}.`);
    return { outcome, artifact };
  } catch (error) {
    const ids = outcome.batches.map(({ id }) => id).join(',');
    const failure = `The results were collected but could not be stored as an artifact: ${describeCauses(error)}. Run again with batch-id: ${ids} to collect them again; nothing is paid twice.`;
    return { outcome: { ...outcome, failure: outcome.failure ?? failure }, artifact: undefined };
  }
}

/** Bytes of `requests.jsonl` beyond which it stays out of the artifact. */
const MAX_REQUESTS_BYTES = 50_000_000;

interface Written {
  readonly resultsFile: string | undefined;
  readonly summaryFile: string | undefined;
  readonly reportFile: string | undefined;
}

/** `summary.json` and `report.md`, of runs that have something to keep. */
async function writeReport(files: Files, folder: string, summary: Summary, outcome: Outcome): Promise<Written> {
  const resultsFile = 'files' in outcome ? outcome.files.results : undefined;
  if (!('batches' in outcome)) return { resultsFile, summaryFile: undefined, reportFile: undefined };
  const summaryFile = join(folder, 'summary.json');
  const reportFile = join(folder, 'report.md');
  await writeWhole(files, summaryFile, printSummary(summary));
  await writeWhole(files, reportFile, `${renderReport(summary, { artifact: undefined })}\n`);
  return { resultsFile, summaryFile, reportFile };
}

async function writeWhole(files: Files, path: string, text: string): Promise<void> {
  const writer = await files.write(path);
  try {
    await writer.write(text);
    await writer.commit();
  } finally {
    await writer.discard();
  }
}

async function writeSummary(world: World, text: string): Promise<void> {
  try {
    await world.runner.writeSummary(`${text}\n`);
  } catch (error) {
    world.log.warning(`The job summary could not be written: ${describeCauses(error)}.`);
  }
}
