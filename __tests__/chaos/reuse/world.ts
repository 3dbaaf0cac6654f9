import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { advance, type StoredBatch } from '../../../simulator/anthropic/batch-life.ts';
import { isJudging, judges } from '../../../simulator/anthropic/judge.ts';
import { addPull } from '../../../simulator/github/index.ts';
import { type Simulator, startSimulator } from '../../../simulator/index.ts';
import type { RunResult } from '../../../simulator/runner.ts';
import type { WireRequest } from '../../../simulator/wire.ts';
import { chaosClock } from '../clock.ts';
import { setFaults } from '../faults.ts';
import type { Scope } from '../history.ts';
import { aim, type Moment } from '../signals.ts';
import { answerTo, type Content, isGood, questionOf, requestFile } from './content.ts';
import { COUNT, type ReuseInputs, type ReuseStep } from './plan.ts';

const PULL = 7;
const HOUR_MS = 60 * 60_000;
/** A step that takes longer than this in real time hangs. */
const RUN_TIMEOUT_MS = 120_000;

/** A batch as the harness saw it made. It stays here when the API has deleted it. */
export interface PaidBatch {
  readonly stored: StoredBatch;
  readonly step: number;
  /** The request lines as they were sent, by their place in the batch. */
  readonly lines: readonly string[];
  /** The step before or in which it was deleted. */
  deletedIn: number | undefined;
}

/** One run of the action. */
export interface ReuseRan {
  readonly step: number;
  readonly what: ReuseStep;
  readonly inputs: ReuseInputs;
  readonly scope: Scope;
  readonly content: Content;
  readonly runId: number;
  readonly attempt: number;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  /** Whether a signal reached it. */
  readonly hurt: boolean;
  readonly result: RunResult;
  /** The logs of main and post step. */
  readonly log: string;
  /** Lines of the files of results, judgements and grades; undefined where there are none. */
  readonly results: readonly string[] | undefined;
  readonly judgements: readonly string[] | undefined;
  readonly grades: readonly string[] | undefined;
}

export interface ReuseHistory {
  readonly batches: PaidBatch[];
  readonly runs: ReuseRan[];
}

/** What a re-run repeats. */
interface Identity {
  readonly scope: Scope;
  readonly content: Content;
  readonly inputs: ReuseInputs;
  readonly runId: number;
  readonly attempt: number;
}

export interface ReuseWorld {
  readonly simulator: Simulator;
  readonly history: ReuseHistory;
  play(step: ReuseStep): Promise<void>;
}

/** A simulator on a fast clock with pull request 7, whose API gives every question the same answer each time. */
export async function startReuseChaos(): Promise<ReuseWorld> {
  const clock = chaosClock();
  const simulator = await startSimulator({ now: clock.now, anthropic: { retryAfterSeconds: undefined } });
  const { anthropic, repository } = simulator;
  const { script } = anthropic;
  const pull = addPull(simulator.github, repository, { number: PULL, headSha: sha(0), headBranch: 'topic' }).pull;
  script.judge = judges.by((answer, { rubric }) => isGood(answer, rubric));
  const history: ReuseHistory = { batches: [], runs: [] };
  const contents: Record<Scope, Content> = { topic: firstContent(), main: firstContent() };
  let stepNumber = 0;
  let last: Identity | undefined;
  let lastRunId = 16_000_000_000;
  let [creates, requests] = [0, 0];
  /** A create of a process that is killed as it arrives is handled once the next step has begun. */
  const arrivals = new WeakMap<WireRequest, number>();
  let strike: ((moment: Moment) => Promise<void>) | undefined;

  simulator.watchers.push(async (stage, request): Promise<'go-on'> => {
    const isCreate = request.method === 'POST' && request.path === '/v1/messages/batches';
    if (stage === 'arrived') {
      requests += 1;
      arrivals.set(request, stepNumber);
    }
    if (stage === 'handled') {
      if (isCreate) {
        learn(request);
        creates += 1;
      }
      noteDeletions();
    }
    if (isCreate) await strike?.({ kind: 'create', stage });
    if (stage === 'arrived') await strike?.({ kind: 'request', count: requests });
    return 'go-on';
  });

  function learn(request: WireRequest): void {
    const step = arrivals.get(request) ?? stepNumber;
    for (const stored of anthropic.batches.values()) {
      if (history.batches.some((one) => one.stored === stored)) continue;
      const sent = JSON.parse(request.body.toString('utf8')) as { readonly requests: readonly object[] };
      const lines = sent.requests.map((one) => JSON.stringify(one));
      history.batches.push({ stored, step, lines, deletedIn: undefined });
    }
  }

  function noteDeletions(): void {
    for (const batch of history.batches) if (!anthropic.batches.has(batch.stored.id)) batch.deletedIn ??= stepNumber;
  }

  /** What has happened since the step before. */
  function prepare({ hours, deletes, caches, faults, pace, failing }: ReuseStep): void {
    for (const { stored } of history.batches) advance(stored, script, clock.now());
    if (hours > 0) clock.advance(hours * HOUR_MS);
    for (const { stored } of history.batches) advance(stored, script, clock.now());
    const gone = deletes === undefined ? undefined : history.batches[deletes];
    if (gone?.stored.end !== undefined) anthropic.batches.delete(gone.stored.id);
    noteDeletions();
    if (caches === 'evicted') simulator.results.evict();
    if (caches === 'no-index') simulator.results.evict('claude-batch-answers-');
    if (caches === 'garbage' || caches === 'forged') spoilIndexes(simulator, caches);
    setFaults(simulator, faults);
    script.endsAfterMs = pace === 'quick' ? 25_000 : Number.POSITIVE_INFINITY;
    script.outcomeOf = (id, params) => {
      if (isJudging(params)) return undefined;
      const isFailing = creates === 0 && failing.some((position) => id === `q${position}`);
      if (isFailing) return { kind: 'errored', type: 'overloaded_error' };
      return { kind: 'succeeded', text: answerTo(questionOf(params)) };
    };
  }

  async function playAs(step: ReuseStep, who: Identity): Promise<void> {
    stepNumber += 1;
    last = who;
    [creates, requests, strike] = [0, 0, undefined];
    prepare(step);
    let hurt = false;
    const { inputs, scope, content, runId } = who;
    const beganAtMs = clock.now();
    const result = await simulator.run({
      ...(scope === 'topic' ? { pullRequest: PULL } : {}),
      job: { runId, runAttempt: who.attempt, ...(scope === 'main' ? { eventName: 'schedule' } : {}) },
      env: clock.env(false),
      files: { 'requests.jsonl': requestFile(content, inputs.rubric) },
      inputs: {
        requests: 'requests.jsonl',
        'poll-interval-seconds': '20',
        'wait-minutes': step.pace === 'quick' ? '600' : '1',
        'on-timeout': 'pause',
        resume: inputs.resume,
        'reuse-answers': inputs.reuse,
        'delete-batch': String(inputs.deleteBatch),
        ...(inputs.rubric === undefined ? {} : { 'judge-model': 'claude-sonnet-4-6' }),
      },
      graceScale: clock.signalScale,
      timeoutMs: RUN_TIMEOUT_MS,
      onStart: (running) => {
        if (step.signal === undefined) return;
        const struck = aim(step.signal, running, () => {
          hurt = true;
        });
        strike = struck;
        running.child.stdout?.on('data', (piece: Buffer) => struck({ kind: 'log', line: piece.toString() }));
      },
    });
    noteDeletions();
    const resultsFile = result.outputs.get('results-file');
    history.runs.push({
      step: stepNumber,
      what: step,
      ...who,
      beganAtMs,
      endedAtMs: clock.now(),
      hurt,
      result,
      log: `${result.log}${result.post?.log ?? ''}`,
      results: readLines(resultsFile),
      judgements: readLines(resultsFile && join(dirname(resultsFile), 'judge-results.jsonl')),
      grades: readLines(result.outputs.get('grades-file')),
    });
  }

  return {
    simulator,
    history,
    play(step) {
      if (step.event === 'rerun' && last !== undefined) return playAs(step, { ...last, attempt: last.attempt + 1 });
      const scope = step.event === 'nightly' ? 'main' : 'topic';
      const content = [...contents[scope]];
      for (const { position, version } of step.edits) content[position] = version;
      contents[scope] = content;
      lastRunId += 1;
      if (scope === 'topic' && pull !== undefined) {
        pull.headSha = sha(lastRunId);
        pull.commits.add(pull.headSha);
      }
      return playAs(step, { scope, content, inputs: step.inputs, runId: lastRunId, attempt: 1 });
    },
  };
}

function firstContent(): Content {
  return Array.from({ length: COUNT }, () => 0);
}

/** The newest index of each ref becomes something else, or names batches that nobody made. */
function spoilIndexes({ results }: Simulator, how: 'garbage' | 'forged'): void {
  const indexes = results.caches.filter(({ key, finalized }) => finalized && key.startsWith('claude-batch-answers-'));
  for (const { blob } of new Map(indexes.map((entry) => [entry.ref, entry])).values()) {
    const text = (blob.bytes ?? Buffer.alloc(0)).toString('utf8');
    blob.bytes = Buffer.from(how === 'garbage' ? text.slice(0, 40) : text.replaceAll('msgbatch_01', 'msgbatch_00'));
  }
}

function readLines(path: string | undefined): readonly string[] | undefined {
  if (path === undefined || !existsSync(path)) return undefined;
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

function sha(number: number): string {
  return number.toString(16).padStart(40, '0');
}
