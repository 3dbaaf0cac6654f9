import { join } from 'node:path';
import { pricesAsOf } from '../../core/cost/table.ts';
import type { Links } from '../../core/markdown/links.ts';
import { renderReport } from '../../core/markdown/markdown.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { printSummary } from '../../core/summary/outputs.ts';
import type { About } from '../../core/summary/summarize.ts';
import type { Summary, SummaryNotice } from '../../core/summary/summary.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Femto } from '../../core/text/money.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Files } from '../../ports/machine.ts';
import type { Task } from '../run/job.ts';

/** The paths of what was written, undefined where nothing was to be or where it failed. */
export interface ReportFiles {
  readonly summaryFile: string | undefined;
  readonly reportFile: string | undefined;
  readonly failures: readonly Failure[];
}

/** What became of the results, and what failed on the way. */
export interface Kept {
  readonly failures: readonly Failure[];
  readonly artifact: StoredArtifact | undefined;
  readonly newCost: Femto | undefined;
  /** What happened to batches on the way. */
  readonly notices: readonly SummaryNotice[];
}

/** What the report knows beside how the run ended. */
export function aboutOf({ run, inputs, trail }: Task, stored: Kept): About {
  const { source, warnings, estimate, store } = trail;
  const { newCost } = stored;
  const isKnown = store !== undefined && trail.batches.length > 0 && store.holds(trail.batches);
  const submittedSha = isKnown ? store.record.submittedSha : undefined;
  const hadKey = inputs.dryRun ? inputs.api.key !== undefined : null;
  const notices = [...trail.notices, ...stored.notices];
  const isDeleted =
    store?.record.phase === 'deleted' || notices.some(({ kind }) => kind === 'deleted' || kind === 'restored');
  const artifact = (inputs.artifactContent === 'none' ? undefined : stored.artifact) ?? store?.record.artifact;
  const recovery = {
    artifact: isDeleted ? artifact?.name : undefined,
    // What was collected is found by its requests in a re-run of this run only; elsewhere these would be paid again.
    resumable: store?.record.phase === 'open' && store.findable,
  };
  return { run, inputs, source, submittedSha, notices, warnings, recovery, hadKey, estimate, newCost, pricesAsOf };
}

/** `summary.json` and `report.md`, of runs that have batches and of dry runs. Never throws. */
export async function writeReport({ world, inputs }: Task, summary: Summary, links: Links): Promise<ReportFiles> {
  const { files } = world;
  const { resultsPath: folder } = inputs;
  const isWanted = summary.batches.length > 0 || ['pending', 'dry-run'].includes(summary.status);
  if (!isWanted) return { summaryFile: undefined, reportFile: undefined, failures: [] };
  const summaryFile = join(folder, 'summary.json');
  const reportFile = join(folder, 'report.md');
  try {
    await writeWhole(files, reportFile, `${renderReport(summary, links)}\n`);
    await writeWhole(files, summaryFile, printSummary(summary));
    return { summaryFile, reportFile, failures: [] };
  } catch (error) {
    const failure: Failure = { code: 'report-not-written', folder, reason: describeCauses(error) };
    return { summaryFile: undefined, reportFile: undefined, failures: [failure] };
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
