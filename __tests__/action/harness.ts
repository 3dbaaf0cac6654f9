import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect } from '@jest/globals';
import { addPull } from '../../simulator/github/index.ts';
import { type SimulatedRun, type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/index.ts';
import type { RunResult } from '../../simulator/runner.ts';

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

/** A simulator with pull request 7, quick looks and no `retry-after`, stopped after the test. */
export async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({
    ...options,
    anthropic: { retryAfterSeconds: undefined, endsAfterMs: 50, ...options.anthropic },
  });
  addPull(simulator.github, simulator.repository, { number: 7, headSha: '7'.repeat(40), headBranch: 'topic' });
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  for (const simulator of running.splice(0)) {
    await simulator.stop();
    expect({ server: simulator.errors, github: simulator.github.errors }).toEqual({ server: [], github: [] });
  }
});

/** Runs the bundled action on pull request 7 with `requests.jsonl` in the workspace. */
export function run(simulator: Simulator, requests: string, given: SimulatedRun = {}): Promise<RunResult> {
  return simulator.run({
    pullRequest: 7,
    ...given,
    files: { 'requests.jsonl': requests, ...given.files },
    inputs: { requests: 'requests.jsonl', 'poll-interval-seconds': '0.05', ...given.inputs },
  });
}

/** A request line whose prompt is `prompt`. */
export function requestLine(id: string, prompt = 'Say hello.', more: object = {}): string {
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

/** How many batches were asked for. */
export function createsOf({ exchanges }: Simulator): number {
  return exchanges.filter(({ method, path }) => method === 'POST' && path === '/v1/messages/batches').length;
}

/** The log without the commands that hand a secret to the runner, which never shows them. */
export function visibleLog(result: RunResult): string {
  return result.rawLog
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
}
