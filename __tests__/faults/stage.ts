import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addPull, type Job as GitHubJob } from '../../simulator/github/index.ts';
import { actionsToken, type SimulatedRun, type Simulator, startSimulator } from '../../simulator/index.ts';
import { type LeapingClock, leapingClock, type Refusal } from '../../simulator/leaping-clock.ts';
import type { RunResult } from '../../simulator/runner.ts';
import type { Place } from './place.ts';
import { BASE_RUN_ID, batchIdOf, IDS, type Scenario, SETTINGS } from './scenarios.ts';

const PULL = 7;
const SHA = '7'.repeat(40);
const RUN_ID = BASE_RUN_ID + 1;
const WAKER_RUN_ID = BASE_RUN_ID + 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The waiting time is an hour; the longest limit of anything else is half an hour. A run that takes longer hangs. */
const WAIT_MINUTES = 60;
const LIMIT_MS = 150 * MINUTE_MS;
/** The longest that a run may take of the real time. */
const TIMEOUT_MS = 240_000;
/** Not where other tests keep it: what leaps is compiled with other flags. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/claude-batch-action/leaping', import.meta.url));

/** A run of the action, as far as the oracle asks. */
export interface Ran {
  readonly result: RunResult;
  readonly log: string;
  /** Text of `results.jsonl`, and what `summary.json` says is missing. */
  readonly results: string;
  readonly missingIds: readonly string[];
  readonly tookMs: number;
}

type Inputs = Readonly<Record<string, string>>;

/** How an attempt of the run begins: which leg of the matrix it is, and the how many-th attempt of it. */
interface Attempt {
  readonly refusals?: readonly Refusal[];
  readonly leg?: number;
  readonly number?: number;
}

/** The services of one cell, and the runs of the action in them, one after the other. */
export interface Stage {
  readonly simulator: Simulator;
  readonly clock: LeapingClock;
  /** How many requests each batch holds that the API ever made. */
  readonly made: ReadonlyMap<string, number>;
  /** Names of the jobs that GitHub was asked to run again. */
  readonly reruns: readonly string[];
  /** A run of the base branch. */
  base(): Promise<Ran>;
  /** The next attempt of the run. */
  attempt(inputs: Inputs | undefined, how?: Attempt): Promise<Ran>;
  /** An hour later, a run of the workflow that wakes paused jobs. */
  round(refusals?: readonly Refusal[]): Promise<Ran>;
  /** The attempts of the jobs that GitHub was asked to run again and that have not run since. */
  answerReruns(inputs: Inputs | undefined): Promise<readonly Ran[]>;
  /** From now on, batches end in time. */
  endBatches(): void;
  stop(): Promise<void>;
}

export async function openStage(scenario: Scenario, place?: Place): Promise<Stage> {
  const { asserts, base: baseIds = [], jobs = 1, batchMinutes = 1, signsInBy } = SETTINGS[scenario];
  const clock = await leapingClock();
  const simulator = await startSimulator({
    now: clock.now,
    sleep: clock.sleep,
    ...(place?.publicOrigin === undefined ? {} : { publicOrigin: place.publicOrigin }),
    anthropic: {
      retryAfterSeconds: undefined,
      endsAfterMs: batchMinutes * MINUTE_MS,
      ...(signsInBy === undefined ? {} : { keys: new Map(), federation: [signsInBy] }),
    },
  });
  const { anthropic, github, repository } = simulator;
  anthropic.script.cancelTakesMs = MINUTE_MS;
  let batches = 0;
  anthropic.script.renameBatch = () => {
    batches += 1;
    return batchIdOf(batches);
  };
  clock.isBusy = () => simulator.isBusy() || place?.isBusy?.() === true;
  place?.begin?.({ simulator, clock });
  addPull(github, repository, { number: PULL, headSha: SHA, headBranch: 'topic' });
  const made = new Map<string, number>();
  simulator.watchers.push((stage) => {
    if (stage === 'handled') for (const [id, { requests }] of anthropic.batches) made.set(id, requests.length);
    return 'go-on';
  });
  const reruns: string[] = [];
  const queued: GitHubJob[] = [];
  github.onRerun = (_, again) => {
    reruns.push(...again.map(({ name }) => name));
    queued.push(...again);
  };
  let attempts = 0;
  let rounds = 0;

  async function run(refusals: readonly Refusal[], given: SimulatedRun): Promise<Ran> {
    const startMs = clock.now();
    let stop = () => {};
    let isOver = false;
    clock.onLeap = () => {
      if (clock.now() - startMs <= LIMIT_MS || isOver) return;
      isOver = true;
      stop();
    };
    const { NODE_OPTIONS } = clock.env(refusals);
    const around = place?.env?.(simulator) ?? {};
    const result = await simulator.run({
      ...given,
      idToken: signsInBy !== undefined,
      job: { ...given.job, ...place?.job },
      env: {
        NODE_COMPILE_CACHE: COMPILED,
        ...around,
        NODE_OPTIONS: [NODE_OPTIONS, around['NODE_OPTIONS']].filter(Boolean).join(' '),
      },
      timeoutMs: TIMEOUT_MS,
      onStart: ({ lose }) => {
        stop = lose;
      },
    });
    if (isOver)
      throw new Error(`still running after ${(clock.now() - startMs) / MINUTE_MS} minutes of its time\n${result.log}`);
    const summary = readFile(result.outputs.get('summary-file'));
    return {
      result,
      log: `${result.log}${result.post?.log ?? ''}`,
      results: readFile(result.outputs.get('results-file')) ?? '',
      missingIds: summary === undefined ? [] : JSON.parse(summary).missing_ids,
      tookMs: clock.now() - startMs,
    };
  }

  function evaluate(
    ids: readonly string[],
    inputs: Inputs | undefined,
    { refusals = [], leg = 0, ...given }: SimulatedRun & Attempt,
  ): Promise<Ran> {
    return run(refusals, {
      ...given,
      ...(jobs === 1 ? {} : { jobName: legName(leg) }),
      files: { 'requests.jsonl': ids.map((id) => requestLine(id, leg, asserts)).join('') },
      inputs: {
        requests: 'requests.jsonl',
        'poll-interval-seconds': '30',
        'wait-minutes': String(WAIT_MINUTES),
        ...inputs,
        ...place?.inputs?.(),
      },
    });
  }

  function attempt(inputs: Inputs | undefined, how: Attempt = {}): Promise<Ran> {
    const { leg = 0, number = attempts + 1 } = how;
    attempts = Math.max(attempts, number);
    const place = { runId: RUN_ID, runAttempt: number, jobIndex: leg };
    return evaluate(IDS, inputs, {
      ...how,
      ...(scenario === 'push'
        ? { job: { ...place, ref: 'refs/heads/topic', sha: SHA } }
        : { pullRequest: PULL, job: place }),
    });
  }

  return {
    simulator,
    clock,
    made,
    reruns,
    base: () => evaluate(baseIds, SETTINGS[scenario].inputs, { job: { runId: BASE_RUN_ID } }),
    attempt,
    round(refusals = []) {
      clock.leapTo(clock.now() + HOUR_MS);
      rounds += 1;
      const place = { runId: WAKER_RUN_ID + rounds, runNumber: rounds, workflow: 'Wake', job: 'wake' };
      return run(refusals, {
        githubToken: actionsToken,
        inputs: { 'wake-paused': 'true' },
        job: { ...place, eventName: 'schedule' },
      });
    },
    async answerReruns(inputs) {
      const ran: Ran[] = [];
      for (const { name, attempt: number } of queued.splice(0))
        ran.push(await attempt(inputs, { leg: Number(/\d+/.exec(name) ?? 0), number }));
      return ran;
    },
    endBatches() {
      anthropic.script.endsAfterMs = MINUTE_MS;
    },
    async stop() {
      clock.stop();
      await simulator.stop();
    },
  };
}

/** Whether a run says the ID of a batch. */
export function names(ran: Ran | undefined, id: string): boolean {
  return ran !== undefined && (ran.log.includes(id) || (ran.result.outputs.get('batch-id') ?? '').includes(id));
}

/** The name of a job of a matrix, on GitHub's pages. */
function legName(leg: number): string {
  return `evals (${leg})`;
}

function requestLine(id: string, leg: number, assert: readonly object[] | undefined): string {
  const content = leg === 0 ? `Say ${id}` : `Say ${id}, ${leg}`;
  const params = { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content }] };
  return `${JSON.stringify({ custom_id: id, params, ...(assert === undefined ? {} : { assert }) })}\n`;
}

function readFile(path: string | undefined): string | undefined {
  return path === undefined || !existsSync(path) ? undefined : readFileSync(path, 'utf8');
}
