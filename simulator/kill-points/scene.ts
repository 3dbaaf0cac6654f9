import type { StoredBatch } from '../anthropic/batch-life.ts';
import { addPull } from '../github/index.ts';
import { type SimulatedRun, type Simulator, startSimulator } from '../index.ts';
import type { RunResult } from '../runner.ts';
import { fastClock } from '../virtual-time.ts';
import { labelOf } from './points.ts';
import { IDS, type Scenario } from './scenarios.ts';

/** Services of their own for one trial, and the runs of one workflow run against them. */
export interface Scene {
  readonly simulator: Simulator;
  /** Every batch that was ever made, including deleted ones, oldest first. */
  readonly made: readonly StoredBatch[];
  /** What the services have done so far that changed them, in order: the same changes leave the same state behind. */
  readonly deeds: readonly string[];
  /** Runs an attempt of the workflow run, each on a machine of its own. `nodeOptions` are added to those of the clock. */
  run(attempt: number, options: SimulatedRun & { readonly nodeOptions?: string }): Promise<RunResult>;
  close(): Promise<void>;
}

const PULL_REQUEST = 7;
const RUN_ID = 16_000_000_001;
/** The longest that an attempt may take, real time. */
const TIMEOUT_MS = 60_000;

export async function openScene(scenario: Scenario, compileCache: string): Promise<Scene> {
  const { factor, inputs, onPullRequest, rubric, earlier } = scenario;
  const clock = fastClock({ factor });
  const simulator = await startSimulator({ now: clock.now, anthropic: scenario.script() });
  if (onPullRequest)
    addPull(simulator.github, simulator.repository, {
      number: PULL_REQUEST,
      headBranch: 'topic',
      headSha: '7'.repeat(40),
    });
  const made = new Map<string, StoredBatch>();
  const deeds: string[] = [];
  simulator.watchers.push((stage, request) => {
    if (stage !== 'handled') return 'go-on';
    for (const [id, batch] of simulator.anthropic.batches) made.set(id, batch);
    // Each look at a batch brings its end closer.
    if (request.method !== 'GET' || request.path.startsWith('/v1/messages/batches/')) deeds.push(labelOf(request));
    return 'go-on';
  });
  const scene: Scene = {
    simulator,
    get made() {
      return [...made.values()];
    },
    deeds,
    run(attempt, { nodeOptions = '', ...options }) {
      return simulator.run({
        ...(onPullRequest ? { pullRequest: PULL_REQUEST } : {}),
        job: { runId: RUN_ID, runAttempt: attempt },
        files: filesOf(IDS, rubric),
        inputs: { requests: 'requests.jsonl', 'poll-interval-seconds': '2', ...inputs },
        env: {
          NODE_OPTIONS: `${clock.env.NODE_OPTIONS} ${nodeOptions}`.trim(),
          NODE_COMPILE_CACHE: compileCache,
        },
        graceScale: 1 / factor,
        timeoutMs: TIMEOUT_MS,
        ...options,
      });
    },
    close: () => simulator.stop(),
  };
  if (earlier !== undefined) {
    const before = await scene.run(1, { job: { runId: RUN_ID - 1 }, files: filesOf(earlier, rubric) });
    if (before.conclusion !== 'success') throw new Error(`The earlier run fails:\n${before.log}`);
  }
  return scene;
}

function filesOf(ids: readonly string[], rubric: string | undefined): Readonly<Record<string, string>> {
  return { 'requests.jsonl': ids.map((id) => requestLine(id, rubric)).join('') };
}

function requestLine(id: string, rubric: string | undefined): string {
  const params = { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: `Say ${id}` }] };
  const asserts = rubric === undefined ? {} : { assert: [{ type: 'llm-rubric', value: rubric }] };
  return `${JSON.stringify({ custom_id: id, params, ...asserts })}\n`;
}
