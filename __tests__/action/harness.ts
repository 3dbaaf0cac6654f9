import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect } from '@jest/globals';
import { addPull } from '../../simulator/github/index.ts';
import { type SimulatedRun, type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { fastClock } from '../../simulator/virtual-time.ts';
import { printLasting, printNextStep } from '../../src/core/messages/failures.ts';
import type { Summary } from '../../src/core/summary/summary.ts';

/** Folder of the test data that a public clone does not have. */
const SHARED = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Path of a shared file, or undefined, with a visible word, where it is not there. */
export function sharedFile(name: string): string | undefined {
  const path = `${SHARED}${name}`;
  if (existsSync(path)) return path;
  console.warn(`Left out: the test data ${name} is not beside this checkout.`);
  return undefined;
}

const running: Simulator[] = [];
/** What the processes of a simulator get, so that their time passes as its own does. */
const clocks = new WeakMap<Simulator, Readonly<Record<string, string>>>();

/**
 * Where Node keeps what it compiled of `dist/`, by content: each process would compile all of it again.
 */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/claude-batch-action/compiled', import.meta.url));

/** How much faster time passes where nothing depends on real time: the pauses of a run are most of it. */
const PACE = 10;

/**
 * A simulator with pull request 7, quick looks and no `retry-after`, stopped after the test. Its time and that of the action's
 * processes passes faster than it does, unless `pace` is `real`, as what signals or sets timers needs.
 */
export async function simulate({
  pace = 'fast',
  ...options
}: SimulatorOptions & { readonly pace?: 'fast' | 'real' } = {}): Promise<Simulator> {
  const clock = pace === 'fast' ? fastClock({ factor: PACE }) : undefined;
  const simulator = await startSimulator({
    ...(clock === undefined ? {} : { now: clock.now }),
    ...options,
    anthropic: { retryAfterSeconds: undefined, endsAfterMs: 50, ...options.anthropic },
  });
  addPull(simulator.github, simulator.repository, { number: 7, headSha: '7'.repeat(40), headBranch: 'topic' });
  if (clock !== undefined && options.now === undefined) clocks.set(simulator, clock.env);
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  for (const simulator of running.splice(0)) {
    await simulator.stop();
    expect({ server: simulator.errors, github: simulator.github.errors }).toEqual({ server: [], github: [] });
  }
});

/** A test's own options for Node come on top of those of the clock. */
function nodeOptions(
  ...envs: readonly (Readonly<Record<string, string | undefined>> | undefined)[]
): Record<string, string> {
  const options = envs.flatMap((env) => env?.['NODE_OPTIONS'] ?? []);
  return options.length === 0 ? {} : { NODE_OPTIONS: options.join(' ') };
}

/** Runs the bundled action on pull request 7 with `requests.jsonl` in the workspace. */
export function run(simulator: Simulator, requests: string, given: SimulatedRun = {}): Promise<RunResult> {
  return runInJob(simulator, {
    pullRequest: 7,
    ...given,
    files: { 'requests.jsonl': requests, ...given.files },
    inputs: { requests: 'requests.jsonl', ...given.inputs },
  });
}

/** Runs the bundled action as a step of any job, with quick looks and the time of the simulator. */
export function runInJob(simulator: Simulator, given: SimulatedRun): Promise<RunResult> {
  return simulator.run({
    timeoutMs: 240_000,
    ...given,
    env: {
      NODE_COMPILE_CACHE: COMPILED,
      ...clocks.get(simulator),
      ...given.env,
      ...nodeOptions(clocks.get(simulator), given.env),
    },
    inputs: { 'poll-interval-seconds': '0.05', ...given.inputs },
  });
}

/** A request line whose prompt is `prompt`, by default one of its own. */
export function requestLine(id: string, prompt = `Say hello to ${id}.`, more: object = {}): string {
  const params = { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: prompt }] };
  return JSON.stringify({ custom_id: id, params: { ...params, ...more } });
}

export function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

/** The text of an output that names a file. */
export function readOutput(result: RunResult, name: string): string {
  return readFileSync(result.outputs.get(name) ?? '', 'utf8');
}

export function idsOf(jsonl: string): string[] {
  return jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).custom_id);
}

export function errorsOf(result: RunResult): string[] {
  return result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
}

export function warningsOf(result: RunResult): string[] {
  return result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
}

/** How a message says to collect a batch, without until when. */
export function wayToCollect(id: string | undefined): string {
  const lasting = { count: 1, endsBy: undefined, resultsUntil: undefined };
  const words = printNextStep({ code: 'collect-batches', ids: [id ?? ''], isResumable: true, ...lasting });
  return words.replace(printLasting(lasting), '').trimEnd();
}

/** The output `summary-json`. */
export function summaryOf(result: RunResult): Omit<Summary, 'missing_ids' | 'problems' | 'warnings'> {
  return JSON.parse(result.outputs.get('summary-json') ?? '');
}

/** How many batches were asked for. */
export function createsOf({ exchanges }: Simulator): number {
  return exchanges.filter(({ method, path }) => method === 'POST' && path === '/v1/messages/batches').length;
}

/** The artifacts that hold results, without those in which runs remember. */
export function artifactsOf({ results }: Simulator): Simulator['results']['artifacts'] {
  return results.artifacts.filter(({ name }) => !/^claude-batch-(?:record|paused)-/.test(name));
}

/** The log without the commands that hand a secret to the runner, which never shows them. */
export function visibleLog(result: RunResult): string {
  return result.rawLog
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
}
