import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addPull } from '../../simulator/github/index.ts';
import { startSimulator } from '../../simulator/index.ts';
import { labelOf } from '../../simulator/kill-points/points.ts';
import { leapingClock, type Refusal } from '../../simulator/leaping-clock.ts';
import type { RunResult } from '../../simulator/runner.ts';
import type { Fault, WireRequest } from '../../simulator/wire.ts';
import { AFTER_BASE, BASE_RUN_ID, callOf, type Scenario } from './calls.ts';
import type { Cell } from './cells.ts';
import { arrange } from './faults.ts';
import { startOther, type Visit } from './other-host.ts';

export const IDS = ['a', 'b'] as const;
const PULL = 7;
const SHA = '7'.repeat(40);
const RUN_ID = BASE_RUN_ID + 1;
const MINUTE_MS = 60_000;
/** How long a batch takes in which nothing goes wrong. */
const BATCH_MS = MINUTE_MS;
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

/** What happened in a cell. */
export interface Played {
  readonly cell: Cell;
  /** Undefined where it hung. */
  readonly run: Ran | undefined;
  readonly next: Ran | undefined;
  /** Why there is no run. */
  readonly hang: string | undefined;
  /** How many requests the fault hit. */
  readonly hits: number;
  /**
   * Batches that the API made: in all, and those of this run that the run did not name and a later one did not find. Of a run of the
   * base branch, none count.
   */
  readonly paid: number;
  readonly lost: readonly string[];
  /** How many requests the batches of this run and of the next one hold. */
  readonly sent: number;
  /** How many comments there are. */
  readonly comments: number;
  /** What reached the other host, and the secrets of the runs. */
  readonly strangers: readonly Visit[];
  readonly secrets: readonly string[];
  readonly errors: readonly string[];
}

const INPUTS: Readonly<Record<Scenario, Readonly<Record<string, string>>>> = {
  submit: {},
  wait: { 'wait-minutes': 'auto' },
  push: {},
  pause: { 'wait-minutes': '0' },
  resume: {},
  cancel: { 'wait-minutes': '1', 'on-timeout': 'cancel' },
  delete: { 'delete-batch': 'true' },
  restore: { 'delete-batch': 'true' },
  compare: {},
  pinned: {},
  gate: { 'max-drop': '5', 'on-inconclusive': 'fail' },
  reuse: { 'reuse-answers': 'true' },
  // One request costs at most $0.000163.
  budget: { 'reuse-answers': 'true', 'max-cost-usd': '0.0002' },
};

/** What every answer passes, where answers are graded. */
const ASSERT = [{ type: 'regex', value: '.' }];
/** What a run of the base branch asks in whose index the answers are looked up. */
export const BASE_IDS = IDS.slice(0, 1);

/** Runs that followed, by what the services had done before them: the same deeds leave the same state behind. */
export type Known = Map<string, Promise<Follow>>;

/** The re-run after a fault, and how many batches it made and requests it sent. */
interface Follow {
  readonly ran: Ran;
  readonly made: number;
  readonly sent: number;
}

/** Calls that change nothing. */
const READING = /^GET |count_tokens|graphql|DownloadURL|ListArtifacts|SignedArtifactURL/;

/**
 * Plays a cell: an earlier run where its scenario has one, the run with the fault, and a re-run without it. Where `known`
 * has the re-run after the same deeds, it stands for this one's.
 */
export async function play(cell: Cell, known?: Known): Promise<Played> {
  const call = callOf(cell.call);
  const { scenario } = call;
  const other = await startOther();
  const clock = await leapingClock();
  const simulator = await startSimulator({
    now: clock.now,
    sleep: clock.sleep,
    anthropic: {
      retryAfterSeconds: undefined,
      endsAfterMs: scenario === 'cancel' ? Number.POSITIVE_INFINITY : BATCH_MS,
    },
  });
  const { anthropic, exchanges } = simulator;
  anthropic.script.cancelTakesMs = MINUTE_MS;
  clock.isBusy = simulator.isBusy;
  const pull = { number: PULL, headSha: SHA, headBranch: 'topic' };
  addPull(simulator.github, simulator.repository, pull);
  const made = new Map<string, number>();
  simulator.watchers.push((stage) => {
    if (stage === 'handled') for (const [id, { requests }] of anthropic.batches) made.set(id, requests.length);
    return 'go-on';
  });
  const secrets = new Set<string>();
  let attempt = 0;

  const isGraded = ['compare', 'pinned', 'gate'].includes(scenario);

  async function run(
    inputs: Readonly<Record<string, string>>,
    { refusals = [], ofBase = false }: { readonly refusals?: readonly Refusal[]; readonly ofBase?: boolean } = {},
  ): Promise<Ran> {
    const startMs = clock.now();
    let stop = () => {};
    let isOver = false;
    clock.onLeap = () => {
      if (clock.now() - startMs <= LIMIT_MS || isOver) return;
      isOver = true;
      stop();
    };
    if (!ofBase) attempt += 1;
    const ids = ofBase && !isGraded ? BASE_IDS : IDS;
    const result = await simulator.run({
      ...(scenario === 'push' || ofBase ? {} : { pullRequest: PULL }),
      job: ofBase
        ? { runId: BASE_RUN_ID }
        : {
            runId: RUN_ID,
            runAttempt: attempt,
            ...(scenario === 'push' ? { ref: 'refs/heads/topic', sha: SHA } : {}),
          },
      files: { 'requests.jsonl': ids.map((id) => requestLine(id, isGraded ? { assert: ASSERT } : {})).join('') },
      inputs: {
        requests: 'requests.jsonl',
        'poll-interval-seconds': '30',
        'wait-minutes': String(WAIT_MINUTES),
        ...inputs,
      },
      env: { ...clock.env(refusals), NODE_COMPILE_CACHE: COMPILED },
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

  try {
    if (scenario === 'resume') await run({ 'wait-minutes': '0' });
    if (scenario === 'restore') await run(INPUTS.restore);
    if (AFTER_BASE.has(scenario)) await run(INPUTS[scenario], { ofBase: true });
    const earlier = [...(AFTER_BASE.has(scenario) ? made.keys() : [])];
    if (scenario === 'pinned') await run({ 'wait-minutes': '0' });
    const from = exchanges.length;
    const before = made.size;
    const { faults, refusals } = arrange(cell.fault, cell.often, {
      call,
      simulator,
      elsewhere: other.origin,
      now: clock.now,
    });
    let hits = 0;
    const hit = () => {
      hits += 1;
    };
    simulator.faults.push(...faults.map((one) => ({ ...one, when: counted(one.when, hit) })));
    clock.onRefusal = hit;
    let hang: string | undefined;
    let first: Ran | undefined;
    try {
      first = await run(INPUTS[scenario], { refusals });
    } catch (error) {
      hang = error instanceof Error ? error.message : String(error);
    }
    const ids = [...made.keys()].slice(before);
    let follow: Follow | undefined;
    let lost = first === undefined ? [] : ids.filter((id) => !names(first, id));
    simulator.faults.length = 0;
    const sentBy = (batches: Iterable<number>) => [...batches].reduce((sum, count) => sum + count, 0);
    const paidSoFar = made.size - earlier.length;
    const sentSoFar = sentBy(made.values());
    if (first !== undefined) {
      const again = async (): Promise<Follow> => {
        anthropic.script.endsAfterMs = BATCH_MS;
        const ran = await run(scenario === 'cancel' || scenario === 'pause' ? {} : INPUTS[scenario]);
        return {
          ran,
          made: made.size - earlier.length - paidSoFar,
          sent: sentBy(made.values()) - sentSoFar,
        };
      };
      const deeds = exchanges.map((one) => `${labelOf(one)} ${one.status}`).filter((deed) => !READING.test(deed));
      const words = [...first.result.outputs.values()].filter((value) => /^[a-z-]+$/.test(value));
      const baseline = first.result.outputs.get('baseline-run-id') ?? '';
      const key = [scenario, first.result.conclusion, ...words, baseline, made.size, sentSoFar, ...deeds].join('\n');
      const alike = lost.length === 0 ? known?.get(key) : undefined;
      const following = alike ?? again();
      known?.set(key, following);
      follow = await following;
      lost = lost.filter((id) => !names(follow?.ran, id));
    }
    for (const { headers } of exchanges.slice(from)) {
      for (const name of ['authorization', 'x-api-key']) {
        const value = headers.get(name)?.replace(/^(bearer|token) /i, '');
        if (value !== undefined && value.length > 8) secrets.add(value);
      }
    }
    return {
      cell,
      run: first,
      next: follow?.ran,
      hang,
      hits: cell.often === 'once' ? Math.min(hits, 1) : hits,
      paid: paidSoFar + (follow?.made ?? 0),
      lost,
      sent: sentSoFar - sentBy(earlier.map((id) => made.get(id) ?? 0)) + (follow?.sent ?? 0),
      comments: simulator.repository.comments.length,
      strangers: other.seen,
      secrets: [...secrets],
      errors: [...simulator.errors, ...simulator.github.errors].map(String),
    };
  } finally {
    clock.stop();
    other.stop();
    await simulator.stop();
  }
}

/** Whether a run says the id of a batch. */
function names(ran: Ran | undefined, id: string): boolean {
  return ran !== undefined && (ran.log.includes(id) || (ran.result.outputs.get('batch-id') ?? '').includes(id));
}

function counted(when: Fault['when'], hit: () => void): (request: WireRequest) => boolean {
  return (request) => {
    const isHit = when?.(request) ?? true;
    if (isHit) hit();
    return isHit;
  };
}

function requestLine(id: string, also: object): string {
  const params = { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: `Say ${id}` }] };
  return `${JSON.stringify({ custom_id: id, params, ...also })}\n`;
}

function readFile(path: string | undefined): string | undefined {
  return path === undefined || !existsSync(path) ? undefined : readFileSync(path, 'utf8');
}
