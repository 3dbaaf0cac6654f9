import type { Simulator } from '../../simulator/index.ts';
import type { WorkspaceFile } from '../../simulator/runner/workspace.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { createWorkflowRunner } from '../../simulator/workflow/runner.ts';
import type { Handover } from '../../simulator/workflow/steps.ts';
import type { Trigger } from '../../simulator/workflow/trigger.ts';
import { runInJob } from '../action/harness.ts';
import { read } from './pages.ts';

export type { Handover } from '../../simulator/workflow/steps.ts';
export type { Trigger } from '../../simulator/workflow/trigger.ts';

export interface PlayedJob {
  readonly conclusion: string;
  /** What came of each step that uses this action, in order. */
  readonly results: readonly RunResult[];
  /** `stderr` of all commands. */
  readonly stderr: string;
}

/** Runs an example workflow as GitHub would, against a simulator whose time cannot leap, and returns its jobs in their order. */
export async function play(
  simulator: Simulator,
  file: string,
  given: {
    readonly files: Readonly<Record<string, WorkspaceFile>>;
    readonly trigger: Trigger;
    /** Name of the file in `.github/workflows/`, where it is another one. */
    readonly as?: string;
    readonly handover?: Handover;
    /** Variables of the repository. */
    readonly vars?: Readonly<Record<string, string>>;
  },
): Promise<PlayedJob[]> {
  const { files, trigger, as = file, handover = new Map(), vars = {} } = given;
  const runner = createWorkflowRunner({ simulator, start: runInJob });
  Object.assign(runner.vars, vars);
  const run = runner.trigger(trigger, { as, text: read(`examples/workflows/${file}`), files, handover });
  await runner.play();
  return run.executions.map(({ state, results, stderr }) => ({ conclusion: state, results, stderr }));
}
