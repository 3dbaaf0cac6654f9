import { summarizeSection } from '../../core/comment/section.ts';
import { type Outcome, withFailures } from '../../core/endings/outcome.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { fullReport } from '../../core/markdown/links.ts';
import { logLines } from '../../core/markdown/log-lines.ts';
import { makeJobSummary, makeReport } from '../../core/markdown/markdown.ts';
import { fitSummary } from '../../core/markdown/report.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { outputsOf } from '../../core/summary/outputs.ts';
import { amendFailures, summarize } from '../../core/summary/summarize.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { World } from '../../ports/ports.ts';
import { annotate } from '../notify/annotate.ts';
import { upsertComment } from '../notify/upsert-comment.ts';
import type { Task } from '../run/job.ts';
import { makePage } from './page.ts';
import { store } from './store.ts';
import { aboutOf, writeReport } from './write-report.ts';

/**
 * Says everywhere how the run ended, all from one summary: the files, the artifact, the page, the outputs, the comment, the
 * log, the job summary and the annotations. Where one of them fails the others go on, and those that follow report the
 * failure. Returns whether the step succeeds.
 */
export async function publish(task: Task, outcome: Outcome): Promise<boolean> {
  const { world, inputs, run } = task;
  const stored = await store(task, outcome);
  const { artifact } = stored;
  const about = aboutOf(task, stored);
  let ended = withFailures(outcome, stored.failures);
  let summary = summarize(ended, about);
  const note = (failures: readonly Failure[]): void => {
    ended = withFailures(ended, failures);
    summary = amendFailures(summary, ended, about);
  };

  const { pageFile, page } = await makePage(task, outcome, { summary, artifact });
  const links = { artifact, page };
  const report = await writeReport(task, summary, links);
  note(report.failures);
  const resultsFile = 'files' in outcome ? outcome.files.results : undefined;
  note(setOutputs(world, outputsOf(summary, { ...report, ...links, resultsFile, pageFile, comment: undefined })));

  const comment =
    outcome.status === 'skipped'
      ? undefined
      : await upsertComment(world, {
          inputs: outcome.status === 'empty' ? onlyExisting(inputs) : inputs,
          run,
          report: makeReport(summary, links),
          summary: summarizeSection(summary, run, links),
          failing: summary.failure !== null,
          fullReport: fullReport(run, { summary: inputs.summary, artifact }),
          final: true,
        });
  if (comment !== undefined) {
    const outputs = { 'comment-id': String(comment.id), 'comment-url': comment.url };
    note(setOutputs(world, new Map(Object.entries(outputs))));
  }

  for (const line of logLines(summary)) world.log.info(line);
  if (inputs.summary) {
    const rest = fullReport(run, { summary: false, artifact });
    await writeSummary(world, fitSummary(makeJobSummary(summary, links), rest));
  }
  annotate(world.log, ended, about.recovery);
  return summary.failure === null;
}

/** Nothing to do is no news, but what an earlier commit said must not stand as if it were of this one. */
function onlyExisting(inputs: Inputs): Inputs {
  return inputs.comment === 'always' ? { ...inputs, comment: 'on-failure' } : inputs;
}

/** Sets what can be set. */
function setOutputs({ runner }: World, outputs: ReadonlyMap<string, string>): readonly Failure[] {
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

async function writeSummary({ runner, log }: World, text: string): Promise<void> {
  try {
    await runner.writeSummary(`${text}\n`);
  } catch (error) {
    log.warning({ code: 'job-summary-not-written', reason: describeCauses(error) });
  }
}
