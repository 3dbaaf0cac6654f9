import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ScriptedOutcome } from '../../simulator/anthropic/script.ts';
import { addPull } from '../../simulator/github/index.ts';
import { startSimulator } from '../../simulator/index.ts';

/** What a run of the action took: processor time of all threads and time by the clock, in ms, and its peak of memory in bytes, resident. */
export interface Measurement {
  readonly cpuMs: number;
  readonly elapsedMs: number;
  readonly peakBytes: number;
}

/**
 * Runs the bundled action on a request file against the simulator, which is another process: it reads and sends the requests,
 * waits, downloads the answers, and uploads what it writes.
 */
export async function measureRun(
  requests: string,
  outcomeOf: (customId: string) => ScriptedOutcome,
): Promise<Measurement> {
  const simulator = await startSimulator({ anthropic: { retryAfterSeconds: undefined, endsAfterMs: 200, outcomeOf } });
  addPull(simulator.github, simulator.repository, { number: 7, headBranch: 'topic', headSha: '7'.repeat(40) });
  const usage = `${requests}.usage.json`;
  const hook = pathToFileURL(fileURLToPath(new URL('usage.js', import.meta.url))).href;
  try {
    const result = await simulator.run({
      pullRequest: 7,
      timeoutMs: 30 * 60_000,
      env: { NODE_OPTIONS: `--import ${hook}`, BENCHMARK_USAGE: usage },
      files: { 'evals.jsonl': { copy: requests } },
      inputs: { requests: 'evals.jsonl', 'max-error-rate': '100', 'retry-rounds': '0', 'poll-interval-seconds': '0.2' },
    });
    if (result.conclusion !== 'success') throw new Error(result.log.slice(-2_000));
    result.dispose();
    const measured: Measurement = JSON.parse(readFileSync(join(usage), 'utf8'));
    return measured;
  } finally {
    await simulator.stop();
  }
}
