import { join } from 'node:path';
import { pricesAsOf } from '../../core/cost/table.ts';
import { canCallApi } from '../../core/inputs/credential.ts';
import type { Links } from '../../core/markdown/links.ts';
import { renderReport } from '../../core/markdown/markdown.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { printSummary } from '../../core/summary/outputs.ts';
import type { About } from '../../core/summary/summarize.ts';
import type { Summary, SummaryNotice } from '../../core/summary/summary.ts';
import { joinRestored } from '../../core/summary/summary-parts.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Femto } from '../../core/text/money.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Run } from '../run/run.ts';
import type { RunState } from '../run/run-state.ts';
import { folderOf } from '../run/step-folder.ts';
import { writeWhole } from '../run/write-whole.ts';

/** The paths of the written files, undefined if a file was not wanted or could not be written. */
export interface ReportFiles {
  readonly summaryFile: string | undefined;
  readonly reportFile: string | undefined;
  readonly failures: readonly Failure[];
}

/** The outcome of the results, and the failures on the way. */
export interface Kept {
  readonly failures: readonly Failure[];
  readonly artifact: StoredArtifact | undefined;
  readonly newCost: Femto | undefined;
  /** Events of the batches on the way. */
  readonly notices: readonly SummaryNotice[];
}

/** What the report needs besides how the run ended. */
export function aboutOf({ ports, context, inputs, runState }: Run, stored: Kept): About {
  const { source, warnings, estimate, store, sample } = runState;
  const { newCost } = stored;
  const isKnown = store !== undefined && runState.batches.length > 0 && store.holds(runState.batches);
  const submittedSha = isKnown ? store.record.submittedSha : undefined;
  const hadKey = inputs.dryRun ? canCallApi({ inputs, context }) : null;
  const notices = joinRestored([...runState.notices, ...(runState.judging?.notices ?? []), ...stored.notices]);
  const isDeleted =
    store?.record.phase === 'deleted' || notices.some(({ kind }) => kind === 'deleted' || kind === 'restored');
  const artifact = (inputs.artifactContent === 'none' ? undefined : stored.artifact) ?? store?.record.artifact;
  const recovery = {
    artifact: isDeleted ? artifact?.name : undefined,
    // Only a re-run of this run finds collected results by their requests; any other run would pay for them again.
    resumable: store?.record.phase === 'open' && store.findable,
    batchIds: inputs.batchIds,
  };
  const known = {
    source,
    submittedSha,
    notices,
    warnings,
    sample,
    recovery,
    hadKey,
    estimate,
    newCost,
    pricesAsOf,
    lost: { answers: lostOf(runState), judgements: lostOf(runState.judging) },
    waitedMs: runState.waitedMs,
    cores: ports.runner.cores,
    nowMs: ports.clock.date(),
  };
  return { run: context, inputs, ...known };
}

function lostOf(state: RunState | undefined): number {
  return [...(state?.lostAnswers.values() ?? [])].reduce((sum, count) => sum + count, 0);
}

/** `summary.json` and `report.md`, of runs that have batches and of dry runs. Never throws. */
export async function writeReport(run: Run, summary: Summary, links: Links): Promise<ReportFiles> {
  const { files } = run.ports;
  const folder = folderOf(run);
  const isWanted = summary.batches.length > 0 || ['pending', 'dry-run', 'completed'].includes(summary.status);
  if (!isWanted) return { summaryFile: undefined, reportFile: undefined, failures: [] };
  const summaryFile = join(folder, 'summary.json');
  const reportFile = join(folder, 'report.md');
  try {
    await writeWhole(await files.writeText(reportFile), `${renderReport(summary, links)}\n`);
    await writeWhole(await files.writeText(summaryFile), printSummary(summary));
    return { summaryFile, reportFile, failures: [] };
  } catch (error) {
    const failure: Failure = {
      code: 'report-not-written',
      folder: run.inputs.resultsPath,
      reason: describeCauses(error),
    };
    return { summaryFile: undefined, reportFile: undefined, failures: [failure] };
  }
}
