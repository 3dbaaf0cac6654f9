import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24 } from '../scripts/node24.js';
import { completeJob, type Job, jobVariables } from './runner/job.ts';
import { fillIn, inputVariable, readMetadata } from './runner/metadata.ts';
import type { RunningStep } from './runner/node-process.ts';
import { runStep, type StepResult } from './runner/step.ts';
import { fillWorkspace, type WorkspaceFile } from './runner/workspace.ts';

export type { RunningStep } from './runner/node-process.ts';
export type { StepResult } from './runner/step.ts';

export interface RunOptions {
  /** Folder with action.yml and what it runs; default: this repository. */
  readonly action?: string;
  /** `with:` of the step. Names that action.yml lacks are passed on as well, with the runner's warning. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Files to be in the workspace, by their `/`-separated path in it. */
  readonly files?: Readonly<Record<string, WorkspaceFile>>;
  /** Folder of an earlier run to continue in, from `root` of its result; default: a new one. */
  readonly root?: string;
  readonly job?: Partial<Job>;
  /** `${{ github.token }}`. */
  readonly githubToken?: string;
  /** Variables of the step's `env:` and of services (`ACTIONS_RUNTIME_TOKEN`, …). They win over all others; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Values hidden in the log from the start, as those of the secrets context are. */
  readonly secrets?: readonly string[];
  readonly onStart?: (step: RunningStep) => void;
  readonly onPostStart?: (step: RunningStep) => void;
  /** Cancels the step once a line of its output matches. */
  readonly cancelWhen?: RegExp;
  /** Factor on the pauses between the runner's signals, 1 by default. */
  readonly graceScale?: number;
  readonly timeoutMs?: number;
  /** Whether the machine is lost with a step that something else killed, as with `lose`. Default: no, the post step runs. */
  readonly killIsLoss?: boolean;
}

export interface RunResult extends StepResult {
  readonly workspace: string;
  /** RUNNER_TEMP. */
  readonly temp: string;
  /** Holds all of the above. */
  readonly root: string;
  /** The post step, where action.yml has one and the machine was not lost. */
  readonly post: StepResult | undefined;
  /** Removes the folders of the run. */
  dispose(): void;
}

/**
 * Runs an action as a step of a job: on Node 24, with the inputs of action.yml, an environment built from scratch, the
 * runner's files and signals, and the post step after it. Nothing of this process's environment reaches the action.
 */
export async function runAction(options: RunOptions = {}): Promise<RunResult> {
  const action = options.action ?? fileURLToPath(new URL('..', import.meta.url));
  const metadata = readMetadata(action);
  const node = findNode24();
  if (node === undefined) throw new Error('There is no Node 24 to run the action on');
  const job = completeJob(options.job ?? {});
  const root = options.root ?? realpathSync(mkdtempSync(join(tmpdir(), 'claude-batch-run-')));
  const folder = (name: string) => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  const [workspace, temp, home] = [folder('work'), folder('temp'), folder('home')];
  fillWorkspace(workspace, options.files ?? {});
  const eventPath = join(folder('temp/_github_workflow'), 'event.json');
  writeFileSync(eventPath, JSON.stringify(job.payload));

  const context = new Map([
    ['github.action', job.action],
    ['github.job', job.job],
    ['github.token', options.githubToken ?? ''],
    ['github.workflow', job.workflow],
    ['runner.temp', temp],
    ['strategy.job-index', String(job.jobIndex)],
  ]);
  const inputs = new Map([...metadata.inputs].map(([name, text]) => [name, fillIn(text, context)]));
  for (const [name, value] of Object.entries(options.inputs ?? {})) inputs.set(name, value);

  const variables: Record<string, string | undefined> = {
    ...machineVariables(node, home, folder('tmp')),
    ...jobVariables(job),
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: folder('tools'),
    RUNNER_WORKSPACE: root,
    ...Object.fromEntries([...inputs].map(([name, value]) => [inputVariable(name), value])),
    ...options.env,
  };
  const env = Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
  const token = options.githubToken === undefined ? [] : [options.githubToken];
  const step = {
    node,
    cwd: workspace,
    temp,
    secrets: [...token, ...(options.secrets ?? [])],
    graceScale: options.graceScale ?? 1,
    timeoutMs: options.timeoutMs ?? 60_000,
    killIsLoss: options.killIsLoss ?? false,
    onStart: options.onStart,
    cancelWhen: options.cancelWhen,
    unexpectedInputs: [...inputs.keys()].filter((name) => !metadata.inputs.has(name)),
  };
  const main = await runStep({ ...step, file: join(action, metadata.main), env });
  const post =
    metadata.post === undefined || main.lost
      ? undefined
      : await runStep({
          ...step,
          file: join(action, metadata.post),
          env: { ...env, ...Object.fromEntries(main.env), ...stateVariables(main.state) },
          onStart: options.onPostStart,
          cancelWhen: undefined,
        });
  return { ...main, post, workspace, temp, root, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

function stateVariables(state: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]));
}

function machineVariables(node: string, home: string, tmp: string): Record<string, string> {
  if (process.platform === 'win32') {
    const system = 'C:\\Windows';
    return {
      PATH: [dirname(node), `${system}\\System32`].join(delimiter),
      SystemRoot: system,
      USERPROFILE: home,
      TEMP: tmp,
      TMP: tmp,
    };
  }
  return {
    PATH: [dirname(node), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    TMPDIR: tmp,
    LANG: 'C.UTF-8',
  };
}
