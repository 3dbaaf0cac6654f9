import { execFile } from 'node:child_process';
import {
  chmodSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { getOctokit } from '@actions/github';
import { parse } from 'yaml';
import { findNode24 } from '../../scripts/node24.js';
import { type Simulator, simulatedKey } from '../../simulator/index.ts';
import { type Payload, pullRequestEvent, pushEvent } from '../../simulator/runner/events.ts';
import { fillWorkspace, type WorkspaceFile } from '../../simulator/runner/workspace.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { runInJob } from '../action/harness.ts';
import { fillIn, isMet, type Scope } from './expression.ts';
import { read } from './pages.ts';
import { root as repositoryRoot } from './process.ts';

/** What sets a workflow off: a pull request of the simulator, or an event with the ref and payload that it runs for. */
export type Trigger =
  | { readonly pullRequest: number }
  | { readonly event: 'push' | 'schedule'; readonly ref: string; readonly sha: string }
  | { readonly event: 'workflow_run'; readonly payload: Payload }
  | { readonly event: 'workflow_dispatch'; readonly ref: string; readonly sha: string; readonly inputs: Payload };

export interface PlayedJob {
  readonly conclusion: 'success' | 'failure' | 'skipped';
  /** What came of each step that uses this action, in order. */
  readonly results: readonly RunResult[];
  /** `stderr` of all commands. */
  readonly stderr: string;
}

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly name: string;
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

interface WorkflowJob {
  readonly if?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

/** Artifacts that workflows hand each other: files by name of the artifact. */
export type Handover = Map<string, Readonly<Record<string, string>>>;

interface Playing {
  readonly simulator: Simulator;
  readonly workflow: Workflow;
  /** Name of the file in `.github/workflows/`. */
  readonly as: string;
  readonly files: Readonly<Record<string, WorkspaceFile>>;
  readonly handover: Handover;
  readonly trigger: Trigger;
}

interface Leg {
  readonly id: string;
  readonly index: number;
  readonly matrix: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/**
 * Runs an example workflow as GitHub would, one job after the other, against the simulator: with its permissions, its conditions, its
 * commands and its inputs. Actions of others are stood in for.
 */
export async function play(
  simulator: Simulator,
  file: string,
  {
    as = file,
    handover = new Map(),
    ...given
  }: Pick<Playing, 'files' | 'trigger'> & Partial<Pick<Playing, 'as' | 'handover'>>,
): Promise<PlayedJob[]> {
  const workflow: Workflow = parse(read(`examples/workflows/${file}`));
  const playing: Playing = { simulator, workflow, as, handover, ...given };
  const legs = Object.entries(workflow.jobs).flatMap(([id, job]) =>
    combine(job.strategy?.matrix ?? {}).map((matrix, index) => ({ id, index, matrix, steps: job.steps, if: job.if })),
  );
  const runId = Math.max(16_000_000_000, ...simulator.repository.runs.keys()) + 1;
  const played: PlayedJob[] = [];
  for (const leg of legs) {
    const isRun = isMet(leg.if, { contexts: { github: githubOf(playing, runId) }, status: 'success' });
    played.push(isRun ? await playJob(playing, leg, runId) : { conclusion: 'skipped', results: [], stderr: '' });
  }
  return played;
}

function combine(matrix: Readonly<Record<string, readonly string[]>>): Record<string, string>[] {
  return Object.entries(matrix).reduce<Record<string, string>[]>(
    (sets, [name, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{}],
  );
}

function payloadOf({ simulator: { repository }, trigger }: Playing): Payload {
  if ('pullRequest' in trigger) return pullRequestEvent(repository, trigger.pullRequest);
  return trigger.event === 'workflow_run' ? trigger.payload : pushEvent(repository, trigger.ref, trigger.sha);
}

function githubOf(playing: Playing, runId: number) {
  const { trigger, simulator } = playing;
  return {
    event: payloadOf(playing),
    event_name: 'pullRequest' in trigger ? 'pull_request' : trigger.event,
    ref: 'ref' in trigger ? trigger.ref : 'refs/heads/main',
    repository: simulator.repository.fullName,
    run_id: runId,
    token: `ghs_of_${playing.as.replace(/\W/g, '_')}`,
  };
}

async function playJob(playing: Playing, leg: Leg, runId: number): Promise<PlayedJob> {
  const { simulator, workflow, trigger } = playing;
  const github = githubOf(playing, runId);
  const pull = 'pullRequest' in trigger ? simulator.repository.conversations.get(trigger.pullRequest)?.pull : undefined;
  const isFork = pull !== undefined && pull.headRepository !== simulator.repository.fullName;
  const permissions = Object.entries(workflow.permissions).map(([name, access]) => [name, isFork ? 'read' : access]);
  simulator.github.tokens.set(github.token, {
    login: 'github-actions[bot]',
    permissions: Object.fromEntries(permissions),
  });
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'claude-batch-run-')));
  mkdirSync(join(root, 'work'));
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const secrets = isFork ? {} : { ANTHROPIC_API_KEY: simulatedKey };
  const job: JobUnderWay = { playing, leg, root, runId, token: github.token, results: [], stderr: '' };
  let status: Scope['status'] = 'success';
  for (const step of leg.steps) {
    const inputs = 'inputs' in trigger ? trigger.inputs : {};
    const scope: Scope = { contexts: { github, secrets, steps, inputs, matrix: leg.matrix }, status };
    if (!isMet(step.if, scope)) continue;
    const outputs = await runStep(job, step, scope);
    if (outputs === undefined) status = 'failure';
    const last = step.uses?.startsWith('org/') === true ? job.results.at(-1) : undefined;
    if (step.id !== undefined) steps[step.id] = { outputs: Object.fromEntries(last?.outputs ?? []) };
  }
  if (job.results.length === 0) rmSync(root, { recursive: true, force: true });
  return { conclusion: status === 'success' ? 'success' : 'failure', results: job.results, stderr: job.stderr };
}

interface JobUnderWay {
  readonly playing: Playing;
  readonly leg: Leg;
  readonly root: string;
  readonly runId: number;
  readonly token: string;
  readonly results: RunResult[];
  stderr: string;
}

/** True, or undefined where the step failed. */
async function runStep(job: JobUnderWay, step: Step, scope: Scope): Promise<true | undefined> {
  const inputs = filled(step.with, scope);
  const env = filled(step.env, scope);
  if (step.run !== undefined) return runCommand(job, fillIn(step.run, scope), env);
  const [action = ''] = (step.uses ?? '').split('@');
  const { root, playing } = job;
  const workspace = join(root, 'work');
  switch (action) {
    case 'actions/checkout':
      fillWorkspace(workspace, playing.files);
      return true;
    case 'actions/upload-artifact':
      return keepArtifact(playing.handover, workspace, inputs);
    case 'actions/download-artifact': {
      const files = playing.handover.get(inputs['name'] ?? '');
      if (files === undefined) return undefined;
      fillWorkspace(join(workspace, inputs['path'] ?? ''), files);
      return true;
    }
    case 'actions/github-script':
      return runScript(job, inputs['script'] ?? '', env);
    case 'org/claude-batch-action':
      return runAction(job, step, inputs);
    default:
      throw new Error(`The examples' runner has no ${action}`);
  }
}

function filled(texts: Readonly<Record<string, unknown>> = {}, scope: Scope): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fillIn(String(text), scope)]));
}

function keepArtifact(handover: Handover, workspace: string, { name = '', path = '' }: Record<string, string>): true {
  const found = globSync(path, { cwd: workspace });
  const files = found.map((file) => [basename(file), readFileSync(join(workspace, file), 'utf8')]);
  handover.set(name, Object.fromEntries(files));
  return true;
}

async function runAction(job: JobUnderWay, step: Step, inputs: Record<string, string>): Promise<true | undefined> {
  const { playing, leg, root, runId, token } = job;
  const { trigger, workflow, as, simulator } = playing;
  const nth = job.results.length;
  const result = await runInJob(simulator, {
    root,
    githubToken: token,
    inputs,
    ...('pullRequest' in trigger ? { pullRequest: trigger.pullRequest } : {}),
    job: {
      runId,
      job: leg.id,
      jobIndex: leg.index,
      workflow: workflow.name,
      workflowPath: `.github/workflows/${as}`,
      action: step.id ?? `__org_claude-batch-action${nth === 0 ? '' : `_${nth + 1}`}`,
      ...('pullRequest' in trigger
        ? {}
        : {
            eventName: trigger.event,
            payload: payloadOf(playing),
            ...('ref' in trigger ? { ref: trigger.ref, sha: trigger.sha } : {}),
          }),
    },
  });
  job.results.push(result);
  return result.conclusion === 'success' ? true : undefined;
}

/** A command as the runner starts it, on Node 24, with an `npm` that brings what it is asked for from this repository. */
async function runCommand(job: JobUnderWay, command: string, env: Record<string, string>): Promise<true | undefined> {
  const node = findNode24();
  if (node === undefined) throw new Error('There is no Node 24 to run commands on');
  const bin = join(job.root, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'npm'), NPM);
  chmodSync(join(bin, 'npm'), 0o755);
  const path = [bin, dirname(node), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  const cwd = join(job.root, 'work');
  return new Promise((resolve) => {
    const options = { cwd, env: { HOME: job.root, ...env, PATH: path, REPOSITORY: repositoryRoot }, timeout: 60_000 };
    execFile('bash', ['-e', '-c', command], options, (error, _, stderr) => {
      job.stderr += stderr;
      resolve(error === null ? true : undefined);
    });
  });
}

const NPM = `#!/bin/sh
# npm install --prefix FOLDER … NAME@VERSION
for last; do :; done
mkdir -p "$3/node_modules"
ln -s "$REPOSITORY/node_modules/\${last%@*}" "$3/node_modules/"
`;

type Script = (given: object) => Promise<unknown>;

async function runScript(job: JobUnderWay, script: string, env: Record<string, string>): Promise<true> {
  const { simulator } = job.playing;
  const github = getOctokit(job.token, { baseUrl: `${simulator.origin}/api/v3` });
  const [owner = '', repo = ''] = simulator.repository.fullName.split('/');
  const context = { repo: { owner, repo }, runId: job.runId, serverUrl: 'https://github.com' };
  const AsyncFunction = (async () => undefined).constructor as new (...names: readonly string[]) => Script;
  const call = new AsyncFunction('{ github, context, require, process }', script);
  await call({ github, context, require: createRequire(import.meta.url), process: { env } });
  return true;
}
