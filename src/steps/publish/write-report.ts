import { join } from 'node:path';
import { pricesAsOf } from '../../core/cost/table.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import type { Links } from '../../core/markdown/links.ts';
import { renderReport } from '../../core/markdown/markdown.ts';
import { printSummary } from '../../core/summary/print-summary.ts';
import { type About, summarize } from '../../core/summary/summarize.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Files } from '../../ports/machine.ts';
import type { Task } from '../run/job.ts';

/** The paths of what was written, undefined where nothing was to be or where it failed. */
export interface ReportFiles {
  readonly summaryFile: string | undefined;
  readonly reportFile: string | undefined;
  /** Why there are none, as sentences. */
  readonly troubles: readonly string[];
}

/** What the report knows beside how the run ended. */
export function aboutOf({ run, inputs, trail }: Task, newUsd: string | undefined): About {
  const { source, notices, warnings, estimate, store } = trail;
  const isKnown = store !== undefined && trail.batches.length > 0 && store.holds(trail.batches);
  const submittedSha = isKnown ? store.record.submittedSha : undefined;
  const hadKey = inputs.dryRun ? inputs.api.key !== undefined : null;
  return { run, inputs, source, submittedSha, notices, warnings, hadKey, estimate, newUsd, pricesAsOf };
}

/** `summary.json` and `report.md`, of runs that have batches and of dry runs. Never throws. */
export async function writeReport(
  task: Task,
  outcome: Outcome,
  newUsd: string | undefined,
  links: Links,
): Promise<ReportFiles> {
  const { files } = task.world;
  const { resultsPath: folder } = task.inputs;
  if (!('batches' in outcome) && outcome.status !== 'dry-run')
    return { summaryFile: undefined, reportFile: undefined, troubles: [] };
  const summaryFile = join(folder, 'summary.json');
  const reportFile = join(folder, 'report.md');
  try {
    const summary = summarize(outcome, aboutOf(task, newUsd));
    await writeWhole(files, reportFile, `${renderReport(summary, links)}\n`);
    await writeWhole(files, summaryFile, printSummary(summary));
    return { summaryFile, reportFile, troubles: [] };
  } catch (error) {
    const trouble = `The report could not be written to ${folder}: ${describeCauses(error)}.`;
    return { summaryFile: undefined, reportFile: undefined, troubles: [trouble] };
  }
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
