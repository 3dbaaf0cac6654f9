import { summarizeSection } from '../../core/comment/section-summary.ts';
import { howToGoOn } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { worsen } from '../../core/endings/worsen.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { fitSummary } from '../../core/markdown/fit-summary.ts';
import { fullReport } from '../../core/markdown/link.ts';
import { renderLog } from '../../core/markdown/log-lines.ts';
import { makeJobSummary, makeReport } from '../../core/markdown/markdown.ts';
import { outputsOf } from '../../core/summary/outputs.ts';
import { summarize } from '../../core/summary/summarize.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { World } from '../../ports/ports.ts';
import { annotate } from '../notify/annotate.ts';
import { upsertComment } from '../notify/upsert-comment.ts';
import type { Task } from '../run/job.ts';
import { makePage } from './page.ts';
import { store } from './store.ts';
import { aboutOf, writeReport } from './write-report.ts';

/**
 * Tells everybody how the run ended, all from one summary: the files, the artifact, the page, the outputs, the comment, the
 * log, the job summary and the annotations. What fails keeps nothing else from being told, and is told itself in all that
 * follows. Returns whether the step succeeds.
 */
export async function publish(task: Task, outcome: Outcome): Promise<boolean> {
  const { world, inputs, run } = task;
  let ended = outcome;
  const said = new Set<string>();
  const note = (troubles: readonly string[]): void => {
    for (const trouble of troubles) {
      if (!said.has(trouble)) ended = worsen(ended, trouble, adviceOf(task, ended, artifact));
      said.add(trouble);
    }
  };

  const { artifact, newUsd, troubles } = await store(task, outcome);
  note(troubles);
  const summary = () => summarize(ended, aboutOf(task, newUsd));
  const { pageFile, page } = await makePage(task, outcome, summary(), artifact);
  const links = { artifact, page };

  // Written before the upload as well: the artifact holds the report that cannot name it yet.
  const report = await writeReport(task, ended, newUsd, links);
  note(report.troubles);
  const resultsFile = 'files' in outcome ? outcome.files.results : undefined;
  note(setOutputs(world, outputsOf(summary(), { ...report, ...links, resultsFile, pageFile, comment: undefined })));

  const failing = summary().failure !== null;
  const places = { summary: inputs.summary, artifact };
  const comment =
    outcome.status === 'skipped'
      ? undefined
      : await upsertComment(world, {
          inputs: outcome.status === 'empty' ? onlyExisting(inputs) : inputs,
          run,
          report: makeReport(summary(), links),
          summary: summarizeSection(summary(), run, links),
          failing,
          fullReport: fullReport(run, places),
          final: true,
        });
  if (comment !== undefined) note(setOutputs(world, new Map(Object.entries(commentOutputs(comment)))));

  for (const line of renderLog(summary())) world.log.info(line);
  if (inputs.summary)
    await writeSummary(
      world,
      fitSummary(makeJobSummary(summary(), links), fullReport(run, { summary: false, artifact })),
    );
  annotate(world.log, ended);
  return summary().failure === null;
}

/** Nothing to do is no news, but what an earlier commit said must not stand as if it were of this one. */
function onlyExisting(inputs: Inputs): Inputs {
  return inputs.comment === 'always' ? { ...inputs, comment: 'on-failure' } : inputs;
}

function commentOutputs({ id, url }: { readonly id: number; readonly url: string }) {
  return { 'comment-id': String(id), 'comment-url': url };
}

/** Sets what can be set, and says what could not. */
function setOutputs({ runner }: World, outputs: ReadonlyMap<string, string>): string[] {
  const failed: string[] = [];
  let why: unknown;
  for (const [name, value] of outputs) {
    try {
      runner.setOutput(name, value);
    } catch (error) {
      failed.push(name);
      why = error;
    }
  }
  if (failed.length === 0) return [];
  const names = failed.length === outputs.size ? '' : ` ${failed.join(', ')}`;
  return [`The outputs${names} could not be written: ${describeCauses(why)}.`];
}

/** How to go on when the run could not tell or keep what it has. */
function adviceOf({ trail, inputs }: Task, outcome: Outcome, artifact: StoredArtifact | undefined): string {
  const record = trail.store?.record;
  const isDeleted =
    record?.phase === 'deleted' || trail.notices.some(({ kind }) => kind === 'deleted' || kind === 'restored');
  const kept = (inputs.artifactContent === 'none' ? undefined : artifact) ?? record?.artifact;
  if (isDeleted && kept) return `The results are in the artifact ${kept.name}.`;
  if (outcome.status === 'pending') return howToGoOn(outcome);
  if (outcome.status === 'failed') return '';
  if (!('batches' in outcome)) return 'Mend that and run again.';
  // What was collected is found by its requests in a re-run of this run only; elsewhere these would be paid again.
  const resumable = record?.phase === 'open' && (trail.store?.findable ?? false);
  return howToGoOn({ ...outcome, resumable });
}

async function writeSummary(world: World, text: string): Promise<void> {
  try {
    await world.runner.writeSummary(`${text}\n`);
  } catch (error) {
    world.log.warning(`The job summary could not be written: ${describeCauses(error)}.`);
  }
}
