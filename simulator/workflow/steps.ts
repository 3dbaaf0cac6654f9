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
import { fileURLToPath } from 'node:url';
import { getOctokit } from '@actions/github';
import { findNode24 } from '../../scripts/node24.js';
import type { Job } from '../github/index.ts';
import type { SimulatedRun, Simulator } from '../index.ts';
import { fillWorkspace, type WorkspaceFile } from '../runner/workspace.ts';
import type { RunningStep, RunResult } from '../runner.ts';
import type { JobDefinition, Step } from './definition.ts';
import { fillIn, isMet, type Scope } from './expression.ts';
import type { Occasion } from './trigger.ts';

/** Artifacts that workflows hand each other: files by name of the artifact. */
export type Handover = Map<string, Readonly<Record<string, string>>>;

/** A job that has got its runner. */
export interface AssignedJob {
  readonly simulator: Simulator;
  /** Runs this action. */
  readonly start: (simulator: Simulator, options: SimulatedRun) => Promise<RunResult>;
  readonly definition: JobDefinition;
  readonly matrix: Readonly<Record<string, string>>;
  /** Of the leg in its matrix. */
  readonly index: number;
  /** The workflow's run as actions see it. */
  readonly run: { readonly id: number; readonly attempt: number; readonly number: number };
  readonly workflow: { readonly name: string; readonly path: string };
  readonly occasion: Occasion;
  /** The simulated GitHub's job. */
  readonly place: Job;
  /** What expressions see, apart from what the steps add. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly token: string;
  /** The files that a checkout gets. */
  readonly files: Readonly<Record<string, WorkspaceFile>>;
  readonly handover: Handover;
}

export interface PlayedSteps {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  /** `outputs` of the job. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The result of each step that uses this action, in order. */
  readonly results: readonly RunResult[];
  /** `stderr` of all commands. */
  readonly stderr: string;
}

export interface JobOnRunner {
  readonly done: Promise<PlayedSteps>;
  /** As GitHub cancels a job: the step under way gets its signals, and only steps that ask for it run after it. */
  cancel(): void;
}

interface UnderWay extends AssignedJob {
  readonly root: string;
  readonly results: RunResult[];
  stderr: string;
  status: Scope['status'];
  step: RunningStep | undefined;
}

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the steps of a job on a machine of its own. Replaces other people's actions with stand-ins. */
export function playSteps(assigned: AssignedJob): JobOnRunner {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'claude-batch-run-')));
  mkdirSync(join(root, 'work'));
  const job: UnderWay = { ...assigned, root, results: [], stderr: '', status: 'success', step: undefined };
  return {
    done: playAll(job),
    cancel() {
      job.status = 'cancelled';
      job.step?.cancel();
    },
  };
}

async function playAll(job: UnderWay): Promise<PlayedSteps> {
  const { definition, contexts, root, results } = job;
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const scope = (): Scope => ({ contexts: { ...contexts, steps }, status: job.status });
  for (const step of definition.steps) {
    if (!isMet(step.if, scope())) continue;
    const before = results.length;
    const isFine = await playStep(job, step, scope());
    if (!isFine && job.status === 'success') job.status = 'failure';
    const outputs = results.length > before ? Object.fromEntries(results.at(-1)?.outputs ?? []) : {};
    if (step.id !== undefined) steps[step.id] = { outputs };
  }
  if (results.length === 0) rmSync(root, { recursive: true, force: true });
  const { status, stderr } = job;
  const conclusion = status === 'skipped' ? 'failure' : status;
  return { conclusion, outputs: filled(definition.outputs, scope()), results, stderr };
}

/** Whether the step succeeded. */
async function playStep(job: UnderWay, step: Step, scope: Scope): Promise<boolean> {
  const inputs = filled(step.with, scope);
  const env = filled(step.env, scope);
  if (step.run !== undefined) return runCommand(job, fillIn(step.run, scope), env);
  const [action = ''] = (step.uses ?? '').split('@');
  const workspace = join(job.root, 'work');
  switch (action) {
    case 'actions/checkout':
      fillWorkspace(workspace, job.files);
      return true;
    case 'actions/upload-artifact':
      keepArtifact(job.handover, workspace, inputs);
      return true;
    case 'actions/download-artifact': {
      const files = job.handover.get(inputs['name'] ?? '');
      if (files !== undefined) fillWorkspace(join(workspace, inputs['path'] ?? ''), files);
      return files !== undefined;
    }
    case 'actions/github-script':
      await runScript(job, inputs['script'] ?? '', env);
      return true;
    case 'org/claude-batch-action':
      return runAction(job, step, inputs);
    default:
      throw new Error(`The simulated runner has no ${action}`);
  }
}

function filled(texts: Readonly<Record<string, unknown>> = {}, scope: Scope): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fillIn(String(text), scope)]));
}

function keepArtifact(handover: Handover, workspace: string, { name = '', path = '' }: Record<string, string>): void {
  const found = globSync(path, { cwd: workspace });
  const files = found.map((file) => [basename(file), readFileSync(join(workspace, file), 'utf8')]);
  handover.set(name, Object.fromEntries(files));
}

async function runAction(job: UnderWay, step: Step, inputs: Record<string, string>): Promise<boolean> {
  const { simulator, definition, run, workflow, occasion, place, results, contexts, status } = job;
  const nth = results.length;
  const result = await job.start(simulator, {
    root: job.root,
    githubToken: job.token,
    inputs,
    place,
    ...(occasion.pullRequest === undefined ? {} : { pullRequest: occasion.pullRequest }),
    idToken: definition.permissions['id-token'] === 'write',
    ...(definition.environment === undefined
      ? {}
      : { environment: fillIn(definition.environment, { contexts, status }) }),
    job: {
      runId: run.id,
      runAttempt: run.attempt,
      runNumber: run.number,
      job: definition.id,
      jobIndex: job.index,
      workflow: workflow.name,
      workflowPath: workflow.path,
      uses: step.uses ?? '',
      action: step.id ?? `__org_claude-batch-action${nth === 0 ? '' : `_${nth + 1}`}`,
      eventName: occasion.eventName,
      payload: occasion.payload,
      ref: occasion.ref,
      ...(occasion.pullRequest === undefined ? { sha: occasion.headSha } : {}),
      ...(place.runnerName === null ? {} : { runnerName: place.runnerName }),
    },
    onStart(running) {
      job.step = running;
      if (job.status === 'cancelled') running.cancel();
    },
  });
  job.step = undefined;
  results.push(result);
  return result.conclusion === 'success';
}

/** A command as the runner starts it, on Node 24, with an `npm` that takes packages from this repository. */
async function runCommand(job: UnderWay, command: string, env: Record<string, string>): Promise<boolean> {
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
      resolve(error === null);
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

async function runScript({ simulator, token, run }: UnderWay, script: string, env: object): Promise<void> {
  const github = getOctokit(token, { baseUrl: `${simulator.origin}/api/v3` });
  const [owner = '', repo = ''] = simulator.repository.fullName.split('/');
  const context = { repo: { owner, repo }, runId: run.id, serverUrl: 'https://github.com' };
  const AsyncFunction = (async () => undefined).constructor as new (...names: readonly string[]) => Script;
  const call = new AsyncFunction('{ github, context, require, process }', script);
  await call({ github, context, require: createRequire(import.meta.url), process: { env } });
}
