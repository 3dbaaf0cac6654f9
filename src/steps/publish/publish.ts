import { summarizeSection } from '../../core/comment/section.ts';
import { type Outcome, withFailures } from '../../core/endings/outcome.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { costlyWaitOf } from '../../core/markdown/costly-wait.ts';
import { fullReport } from '../../core/markdown/links.ts';
import { logLines, logLinks } from '../../core/markdown/log-lines.ts';
import { makeJobSummary, makeReport } from '../../core/markdown/markdown.ts';
import { fitSummary } from '../../core/markdown/report.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { outputsOf } from '../../core/summary/outputs.ts';
import { amendFailures, summarize } from '../../core/summary/summarize.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Ports } from '../../ports/ports.ts';
import { recentRates } from '../compare/recent-rates.ts';
import { annotate } from '../notify/annotate.ts';
import { upsertComment } from '../notify/upsert-comment.ts';
import { stepOf } from '../notify/write-comment.ts';
import type { Run } from '../run/run.ts';
import { makePage } from './page.ts';
import { leavePauseNote, removePauseNotes } from './pause-note.ts';
import { settleFiles } from './settle.ts';
import { store } from './store.ts';
import { aboutOf, writeReport } from './write-report.ts';

/**
 * Reports how the run ended, from one summary: the files, the artifact, the page, the outputs, the comment, the log,
 * the job summary and the annotations. If one of them fails, the others continue, and later ones report the failure.
 * Returns whether the step succeeds.
 */
export async function publish(run: Run, outcome: Outcome): Promise<boolean> {
  const { ports, inputs, context } = run;
  const stored = await store(run, outcome);
  const { artifact } = stored;
  const about = aboutOf(run, stored);
  // Before anything promises that the job will be re-run.
  let ended = withFailures(await leavePauseNote(run, outcome), stored.failures);
  let summary = summarize(ended, about);
  const note = (failures: readonly Failure[]): void => {
    ended = withFailures(ended, failures);
    summary = amendFailures(summary, ended, about);
  };

  const { pageFile, page } = await makePage(run, outcome, { summary, artifact });
  const links = { artifact, page };
  const report = await writeReport(run, summary, links);
  note(report.failures);
  const { pathOf, failures } = await settleFiles(run);
  note(failures);
  const files = {
    resultsFile: pathOf('files' in outcome ? outcome.files.results : undefined),
    summaryFile: pathOf(report.summaryFile),
    reportFile: pathOf(report.reportFile),
    pageFile: pathOf(pageFile),
    gradesFile: pathOf('graded' in outcome ? outcome.graded?.files.grades : undefined),
    junitFile: pathOf('graded' in outcome ? outcome.graded?.files.junit : undefined),
  };
  note(setOutputs(ports, outputsOf(summary, { ...files, ...links, comment: undefined })));
  await removePauseNotes(run, outcome);

  const comment =
    outcome.status === 'skipped'
      ? undefined
      : await upsertComment(ports, {
          inputs: outcome.status === 'empty' ? onlyExisting(inputs) : inputs,
          run: context,
          report: makeReport(summary, links),
          summary: summarizeSection(summary, stepOf(run), links),
          failing: summary.failure !== null,
          fullReport: fullReport(context, { summary: inputs.summary, artifact }),
          final: true,
        });
  if (comment !== undefined) {
    const outputs = { 'comment-id': String(comment.id), 'comment-url': comment.url };
    note(setOutputs(ports, new Map(Object.entries(outputs))));
  }

  for (const line of logLines(summary)) ports.log.info(line);
  if (inputs.summary) {
    const rest = fullReport(context, { summary: false, artifact });
    const recent = summary.grading === null ? [] : await recentRates(run);
    await writeSummary(ports, fitSummary(makeJobSummary(summary, links, recent), rest));
  }
  const costlyWait = costlyWaitOf(summary);
  if (costlyWait !== undefined) ports.log.notice(costlyWait);
  annotate(ports.log, ended, about.recovery);
  if (summary.open_gates !== null) {
    const level = summary.open_gates.because === 'on-timeout' ? 'warning' : 'notice';
    ports.log[level]({ code: 'green-without-evidence', ...summary.open_gates });
  }
  for (const line of logLinks(links, comment)) ports.log.info(line);
  return summary.failure === null;
}

/** "Nothing to do" creates no comment, but replaces an earlier commit's report, which would seem to be this one's. */
function onlyExisting(inputs: Inputs): Inputs {
  return inputs.comment === 'always' ? { ...inputs, comment: 'on-failure' } : inputs;
}

/** Sets the outputs that are known. */
function setOutputs({ runner }: Ports, outputs: ReadonlyMap<string, string>): readonly Failure[] {
  const failed = new Map<string, unknown>();
  for (const [name, value] of outputs) {
    try {
      runner.setOutput(name, value);
    } catch (error) {
      failed.set(name, error);
    }
  }
  if (failed.size === 0) return [];
  const names = failed.size === outputs.size ? [] : [...failed.keys()];
  return [{ code: 'outputs-not-set', names, reason: describeCauses([...failed.values()].at(-1)) }];
}

async function writeSummary({ runner, log }: Ports, text: string): Promise<void> {
  try {
    await runner.writeSummary(`${text}\n`);
  } catch (error) {
    log.warning({ code: 'job-summary-not-written', reason: describeCauses(error) });
  }
}
