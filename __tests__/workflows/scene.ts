import { fileURLToPath } from 'node:url';
import { afterEach, expect } from '@jest/globals';
import type { AnthropicOptions } from '../../simulator/anthropic/anthropic.ts';
import { addPull } from '../../simulator/github/index.ts';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { leapingClock } from '../../simulator/leaping-clock.ts';
import type { WorkspaceFile } from '../../simulator/runner/workspace.ts';
import type { RunningStep, RunResult } from '../../simulator/runner.ts';
import { type Execution, latestOf, type WorkflowRun } from '../../simulator/workflow/run.ts';
import { createWorkflowRunner, type WorkflowRunner } from '../../simulator/workflow/runner.ts';
import type { Trigger } from '../../simulator/workflow/trigger.ts';
import { read } from '../docs/pages.ts';
import { casesOf, yesExcept } from './cases.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const PULL: Trigger = { pullRequest: 7 };
export const MAIN: Trigger = { event: 'push', ref: 'refs/heads/main', sha: 'a'.repeat(40) };

/** Not where other tests keep it: what leaps is compiled with other flags. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/claude-batch-action/leaping', import.meta.url));

/** Wait timers of the environments that the examples speak of. */
const TIMERS = { 'batch-wait': 30, 'batch-wait-long': 240 };

/** A repository with workflows, in time that leaps over every wait. */
export interface Scene {
  readonly simulator: Simulator;
  readonly runner: WorkflowRunner;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Starts an example workflow, with changes to its text, each a text to replace everywhere and its replacement. */
  start(file: string, trigger: Trigger, given: Given): WorkflowRun;
  /** The step of this action that runs now. */
  runningStep(): RunningStep | undefined;
  /** Moves the head of pull request 7, as a push does. */
  push(sha: string): void;
}

interface Given {
  readonly files: Readonly<Record<string, WorkspaceFile>>;
  readonly changes?: readonly (readonly [from: string, to: string])[];
}

const open: { readonly simulator: Simulator; readonly stop: () => void }[] = [];

/** A scene with pull request 7, stopped after the test. `timers` are those of the environments, in minutes. */
export async function openScene(
  anthropic: AnthropicOptions,
  timers: Readonly<Record<string, number>> = TIMERS,
): Promise<Scene> {
  const clock = await leapingClock();
  const { now, sleep } = clock;
  const simulator = await startSimulator({ now, sleep, anthropic: { retryAfterSeconds: undefined, ...anthropic } });
  clock.isBusy = simulator.isBusy;
  const { github, repository } = simulator;
  const { pull } = addPull(github, repository, { number: 7, headSha: '7'.repeat(40), headBranch: 'topic' });
  open.push({ simulator, stop: () => clock.stop() });
  let running: RunningStep | undefined;
  const runner = createWorkflowRunner({
    simulator,
    clock,
    timers,
    start: (_, options) =>
      simulator.run({
        ...options,
        env: { ...clock.env(), NODE_COMPILE_CACHE: COMPILED },
        timeoutMs: 240_000,
        onStart(step) {
          running = step;
          options.onStart?.(step);
        },
      }),
  });
  return {
    simulator,
    runner,
    now,
    runningStep: () => running,
    start(file, trigger, { files, changes = [] }) {
      const text = changes.reduce(
        (changed, [from, to]) => {
          if (!changed.includes(from)) throw new Error(`${file} has no ${from}`);
          return changed.replaceAll(from, to);
        },
        read(`examples/workflows/${file}`),
      );
      return runner.trigger(trigger, { as: file, text, files });
    },
    push(sha) {
      if (pull === undefined) return;
      pull.headSha = sha;
      pull.commits.add(sha);
    },
  };
}

afterEach(async () => {
  for (const { simulator, stop } of open.splice(0)) {
    stop();
    await simulator.stop();
    expect({ server: simulator.errors, github: simulator.github.errors }).toEqual({ server: [], github: [] });
  }
});

/** Three cases, and a scene in which they pass. */
export const FILES = { 'evals/cases.jsonl': casesOf(3) };

export async function openAnswered(
  endsAfterMs = 20 * MINUTE_MS,
  timers?: Readonly<Record<string, number>>,
): Promise<Scene> {
  const scene = await openScene({ endsAfterMs }, timers);
  scene.simulator.anthropic.script.outcomeOf = yesExcept(0);
  return scene;
}

/** How many batches there ever were. */
export function paidBatches({ simulator }: Scene): number {
  return simulator.anthropic.created;
}

/** The newest execution of a job. */
export function jobOf(run: WorkflowRun, name: string): Execution {
  const found = latestOf(run).find((execution) => execution.name === name);
  if (found === undefined) throw new Error(`There is no job ${name}`);
  return found;
}

/** What came of the step of a job. Throws where it has not run. */
export function resultOf(run: WorkflowRun, name: string): RunResult {
  const result = jobOf(run, name).results.at(-1);
  if (result === undefined) throw new Error(`The job ${name} has not run`);
  return result;
}

/** How the job ended, and outputs of its step. */
export function endOf(run: WorkflowRun, name: string, ...outputs: readonly string[]): Record<string, string> {
  const { state, results } = jobOf(run, name);
  const result = results.at(-1);
  const told = Object.fromEntries(outputs.map((output) => [output, result?.outputs.get(output) ?? '']));
  return { job: state, ...told };
}

/** What the check of a job was, one state after the other. */
export function checkOf({ runner }: Scene, { id }: WorkflowRun, name: string): string[] {
  return runner.checks.filter((check) => check.runId === id && check.name === name).map(({ state }) => state);
}

/** Minutes, rounded down, that a check kept a state until the next one came; undefined where it has never had it or still has it. */
export function minutesIn({ runner }: Scene, { id }: WorkflowRun, name: string, state: string): number | undefined {
  const checks = runner.checks.filter((check) => check.runId === id && check.name === name);
  const at = checks.findIndex((check) => check.state === state);
  const [from, to] = [checks[at]?.atMs, checks[at + 1]?.atMs];
  return from === undefined || to === undefined ? undefined : Math.floor((to - from) / MINUTE_MS);
}

/** Who finishes what a pending step left, as its summary says. */
export function finisherOf(run: WorkflowRun, name: string): unknown {
  return JSON.parse(resultOf(run, name).outputs.get('summary-json') ?? '{}').finisher;
}

/** Ids of the sections of the comment, in the order of the alphabet. */
export function sectionsOf({ simulator }: Scene): string[] {
  const bodies = simulator.repository.comments.map(({ body }) => body).join('\n');
  return (bodies.match(/(?<=<!-- claude-batch-action:section ).*(?= -->)/g) ?? []).toSorted();
}
