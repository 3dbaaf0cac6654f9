import { existsSync, readFileSync } from 'node:fs';
import { advance } from '../../simulator/anthropic/batch-life.ts';
import { addPull } from '../../simulator/github/index.ts';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import type { WireRequest } from '../../simulator/wire.ts';
import { cancelInConsole, learnBatches, sendForeign } from './bystanders.ts';
import { chaosClock } from './clock.ts';
import { setFaults } from './faults.ts';
import { type Gateway, nameBatch, writeTime } from './gateway.ts';
import { type Content, contentOf, type History, IDS, requestsOf, type Scope } from './history.ts';
import { cacheModeOf, inputsOf } from './inputs.ts';
import type { Signal, Step } from './plan.ts';
import { aim, type Moment } from './signals.ts';
import { spoilRecords } from './spoil.ts';

const PULL = 7;
/** A step that takes longer than this in real time hangs. */
const RUN_TIMEOUT_MS = 120_000;

/** How much later a later step begins. */
const LATER_MS = 2 * 60 * 60_000;

/** What a re-run repeats. */
interface Identity {
  readonly scope: Scope;
  readonly content: Exclude<Content, 'foreign'>;
  readonly runId: number;
  readonly attempt: number;
}

export interface ChaosWorld {
  readonly simulator: Simulator;
  readonly history: History;
  play(step: Step): Promise<void>;
  /** Runs the requests of a scope and content once more. */
  playContent(step: Step, scope: Scope, content: Exclude<Content, 'foreign'>): Promise<void>;
}

/** A simulator on a fast clock with pull request 7, and everything that happens in it written down. */
export async function startChaos(): Promise<ChaosWorld> {
  const clock = chaosClock();
  const simulator = await startSimulator({ now: clock.now, anthropic: { retryAfterSeconds: undefined } });
  const { anthropic, repository } = simulator;
  const pull = addPull(simulator.github, repository, { number: PULL, headSha: sha(0), headBranch: 'topic' }).pull;
  anthropic.script.answeredEarly = (_, index) => index === 0;
  anthropic.script.cancelTakesMs = 25_000;
  const history: History = { batches: [], runs: [], spoils: [], endings: [] };
  const forms = new Map<string, Gateway>();
  anthropic.script.writeCreatedAt = (ms, id) => writeTime(ms, forms.get(id)?.time);
  anthropic.script.renameBatch = (id) => nameBatch(id, now.step?.gateway, forms);
  let stepNumber = 0;
  let last: Identity | undefined;
  let lastRunId = 16_000_000_000;
  let now: Happening = { step: undefined, scope: 'topic', creates: 0, requests: 0, looks: 0, strike: undefined };

  interface Happening {
    step: Step | undefined;
    scope: Scope;
    creates: number;
    requests: number;
    looks: number;
    strike: ((moment: Moment) => Promise<void>) | undefined;
  }

  const place = () => ({ step: stepNumber, scope: now.scope });

  simulator.watchers.push(async (stage, request): Promise<'go-on'> => {
    const { step } = now;
    const { meanwhile } = step ?? {};
    const isCreate = request.method === 'POST' && request.path === '/v1/messages/batches';
    const isLook = request.method === 'GET' && /\/batches\/[^/]+$/.test(request.path);
    if (stage === 'arrived') {
      now.requests += 1;
      noteEnding(request);
      if (isCreate && now.creates === 0 && meanwhile?.startsWith('foreign')) sendForeign(simulator, history, place());
    }
    if (stage === 'handled') {
      if (isCreate) {
        learnBatches(simulator, history, place(), contentOf(request.body));
        now.creates += 1;
        if (now.creates === 1 && meanwhile === 'foreign-twice') sendForeign(simulator, history, place());
      }
      if (isLook && meanwhile === 'console-cancel' && now.looks++ === 0) cancelInConsole(simulator, history, place());
    }
    if (isCreate) await now.strike?.({ kind: 'create', stage });
    if (stage === 'arrived') await now.strike?.({ kind: 'request', count: now.requests });
    return 'go-on';
  });

  function noteEnding({ method, path }: WireRequest): void {
    const [, id = '', verb] = /\/v1\/messages\/batches\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
    const what = verb !== undefined ? 'cancel' : method === 'DELETE' ? 'delete' : undefined;
    if (id !== '' && what !== undefined) history.endings.push({ step: stepNumber, id: decodeURIComponent(id), what });
  }

  async function runOnce(step: Step, who: Identity, index: number, signal: Signal | undefined): Promise<void> {
    let hurt = false;
    const legs = step.event === 'legs';
    const result = await simulator.run({
      ...(who.scope === 'topic' ? { pullRequest: PULL } : {}),
      job: {
        runId: who.runId,
        runAttempt: who.attempt,
        jobIndex: index,
        runnerName: `GitHub Actions ${index + 1}`,
        ...(who.scope === 'main' ? { eventName: 'schedule' } : {}),
      },
      ...(step.storage === 'read-only' ? { cache: 'read' as const } : {}),
      env: { ...clock.env(legs), ...cacheModeOf(step) },
      files: { 'requests.jsonl': requestsOf(who.content) },
      inputs: inputsOf(step),
      graceScale: clock.signalScale,
      timeoutMs: RUN_TIMEOUT_MS,
      onStart: (running) => {
        if (signal === undefined) return;
        const strike = aim(signal, running, () => {
          hurt = true;
        });
        now.strike = strike;
        running.child.stdout?.on('data', (piece: Buffer) => strike({ kind: 'log', line: piece.toString() }));
      },
    });
    const results = readFile(result.outputs.get('results-file'));
    const summary = readFile(result.outputs.get('summary-file'));
    const missingIds: string[] = summary === undefined ? [] : JSON.parse(summary).missing_ids;
    const log = `${result.log}${result.post?.log ?? ''}`;
    const endedAtMs = clock.now();
    history.runs.push({ step: stepNumber, what: step, ...who, endedAtMs, hurt, result, log, results, missingIds });
  }

  async function playAs(step: Step, who: Identity): Promise<void> {
    stepNumber += 1;
    last = who;
    now = { step, scope: who.scope, creates: 0, requests: 0, looks: 0, strike: undefined };
    for (const { stored } of history.batches) advance(stored, anthropic.script, clock.now());
    if (step.later) clock.advance(LATER_MS);
    anthropic.script.endsAfterMs = step.pace === 'quick' ? 25_000 : Number.POSITIVE_INFINITY;
    anthropic.script.outcomeOf = (id) => {
      const index = IDS.indexOf(id as 'a');
      if (now.creates > 0 || !step.failing.includes(index)) return undefined;
      return index === 0
        ? { kind: 'expired' }
        : { kind: 'errored', type: index === 1 ? 'overloaded_error' : 'api_error' };
    };
    setFaults(simulator, step.faults);
    if (step.storage === 'evicted') simulator.results.evict();
    if (step.spoil !== undefined && spoilRecords(simulator.results, step.spoil) > 0)
      history.spoils.push({ step: stepNumber, spoil: step.spoil });
    const runs = [runOnce(step, who, 0, step.signal)];
    if (step.event === 'legs') runs.push(runOnce(step, who, 1, undefined));
    await Promise.all(runs);
  }

  function next(scope: Scope, content: Identity['content']): Identity {
    lastRunId += 1;
    if (scope === 'topic' && pull !== undefined) {
      pull.headSha = sha(lastRunId);
      pull.commits.add(pull.headSha);
    }
    return { scope, content, runId: lastRunId, attempt: 1 };
  }

  return {
    simulator,
    history,
    playContent: (step, scope, content) => playAs(step, next(scope, content)),
    async play(step) {
      const content = last?.content ?? 'first';
      if (step.event === 'rerun' && last !== undefined) return playAs(step, { ...last, attempt: last.attempt + 1 });
      if (step.event === 'nightly') return playAs(step, next('main', 'first'));
      const other = content === 'first' ? 'second' : 'first';
      return playAs(step, next('topic', step.event === 'push-other' ? other : content));
    },
  };
}

function readFile(path: string | undefined): string | undefined {
  return path === undefined || !existsSync(path) ? undefined : readFileSync(path, 'utf8');
}

function sha(number: number): string {
  return number.toString(16).padStart(40, '0');
}
