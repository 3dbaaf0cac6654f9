import { join } from 'node:path';
import { type Found, findCollector } from '../../core/inputs/collector.ts';
import type { GitHubContext } from '../../core/inputs/context.ts';
import type { Later } from '../../core/inputs/later.ts';
import type { OwnStep } from '../../core/inputs/own-step.ts';
import { findWaker, type Waker } from '../../core/inputs/waker.ts';
import { localCalls, type Workflow } from '../../core/inputs/workflow-file.ts';
import type { Files } from '../../ports/machine.ts';
import type { Run } from './run.ts';
import { readText, readWorkflowAt } from './workflow.ts';

/** Where GitHub looks for workflow files, none of them in a folder below it. */
const FOLDER = '.github/workflows/*';
/** Most of them that are read, and most reusable workflows. */
const MAX_FILES = 300;
const MAX_CALLS = 20;

/** Whether this run only submits: it does not wait, and a later job does. */
export function isHandedOver({ inputs, runState }: Pick<Run, 'inputs' | 'runState'>): boolean {
  return inputs.waitMs === 0 && inputs.batchIds.length === 0 && runState.later?.collector !== undefined;
}

/** Who continues if this run of that workflow leaves a batch behind. */
export async function findLater(run: Run, workflow: Workflow | undefined): Promise<Later> {
  const { ports, context } = run;
  const found = await findOwnCollector(run, workflow);
  return { ...found, waker: await findOwnWaker(ports.files, context) };
}

/** Warns about a later job that was surely meant to collect what this step submits, but might not. */
export function warnOfDoubt({ ports, inputs, runState }: Run): void {
  const { waitMs, batchIds, dryRun } = inputs;
  const doubt = runState.later?.doubt;
  const isSubmitting = waitMs === 0 && batchIds.length === 0 && !dryRun;
  if (doubt !== undefined && isSubmitting) ports.log.warning({ code: 'collector-in-doubt', ...doubt });
}

/** The job of this run that collects what this step leaves, here or in a reusable workflow of this repository. */
async function findOwnCollector({ ports, context, inputs }: Run, workflow: Workflow | undefined): Promise<Found> {
  const step: OwnStep = { ...context, name: inputs.name };
  const called = workflow === undefined ? [] : localCalls(workflow).slice(0, MAX_CALLS);
  let found = workflow && findCollector(workflow, step);
  for (const path of called) {
    if (found?.collector !== undefined) return found;
    const other = await readWorkflowAt(ports.files, join(context.workspace, path));
    const next = other && findCollector(other, step);
    if (next?.collector !== undefined || found?.doubt === undefined) found = next ?? found;
  }
  return found ?? { collector: undefined };
}

/** The workflow of this repository that re-runs paused runs, as far as its file is in the workspace. */
async function findOwnWaker(files: Files, context: GitHubContext): Promise<Waker | undefined> {
  const { found } = await files.find([FOLDER]).catch(() => ({ found: [] }));
  const texts: { path: string; yaml: string }[] = [];
  for (const { path, name } of found.filter((one) => /\.ya?ml$/.test(one.name)).slice(0, MAX_FILES)) {
    const yaml = await readText(files, path);
    if (yaml !== undefined) texts.push({ path: name, yaml });
  }
  return findWaker(texts, context);
}
