import { expect, test } from '@jest/globals';
import { addJob, addPull, addRepository, addRun, type Run } from '../../simulator/github/index.ts';
import { actionsToken, type SimulatedRun, type Simulator, simulatedToken } from '../../simulator/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { printPauseNote } from '../../src/core/wake/pause-note.ts';
import { zipOf } from '../adapters/zips.ts';
import { createsOf, errorsOf, lines, requestLine, run, runInJob, simulate, warningsOf } from './harness.ts';

const HOUR_MS = 3_600_000;
/** The run of pull request n. */
const runOf = (pull: number): number => 16_000_000_000 + pull;
const WAKER_RUN = 17_000_000_000;

interface Paused extends SimulatedRun {
  readonly pull: number;
}

/** An attempt of the evaluation of a pull request, whose requests are its own. */
function evaluate(simulator: Simulator, attempt: number, { pull, job, inputs, ...more }: Paused): Promise<RunResult> {
  const index = job?.jobIndex ?? 0;
  const assert = [{ type: 'regex', value: '.' }];
  const requests = lines(...['a', 'b'].map((id) => requestLine(id, `Pull request ${pull}, job ${index}: say ${id}.`)));
  const graded = requests.replaceAll('}}\n', `},"assert":${JSON.stringify(assert)}}\n`);
  return run(simulator, graded, {
    pullRequest: pull,
    job: { runId: runOf(pull), runAttempt: attempt, ...job },
    inputs: { 'wait-minutes': '0', ...inputs },
    ...more,
  });
}

const GATED: Partial<SimulatedRun> = { inputs: { 'min-pass-rate': '100', 'on-timeout': 'fail' } };
const EXPIRED: Partial<SimulatedRun> = { inputs: { 'retry-rounds': '0' } };
const FIRST: Partial<SimulatedRun> = { job: { jobIndex: 0 }, jobName: 'evals (haiku)' };
const SECOND: Partial<SimulatedRun> = { job: { jobIndex: 1 }, jobName: 'evals (sonnet)' };

function addPulls({ github, repository }: Simulator): void {
  for (let number = 101; number <= 130; number += 1) {
    addPull(github, repository, {
      number,
      headSha: `${number}`.repeat(14).slice(0, 40),
      headBranch: `topic-${number}`,
    });
  }
}

let rounds = 0;

/** One run of the scheduled workflow. */
function wake(simulator: Simulator, more: SimulatedRun = {}): Promise<RunResult> {
  rounds += 1;
  const job = { runId: WAKER_RUN + rounds, runNumber: rounds, workflow: 'Wake', job: 'wake', eventName: 'schedule' };
  return runInJob(simulator, { githubToken: actionsToken, inputs: { 'wake-paused': 'true' }, job, ...more });
}

const wokenBy = (result: RunResult) => JSON.parse(result.outputs.get('woken') ?? 'null');

/** What GitHub runs again from now on, such as `101: evals`. */
function watchReruns({ github }: Simulator): string[] {
  const reruns: string[] = [];
  github.onRerun = ({ id }: Run, jobs) => {
    for (const { name } of jobs) reruns.push(`${id - runOf(0)}: ${name}`);
  };
  return reruns;
}

const batchOf = ({ anthropic }: Simulator, result: RunResult) => {
  const batch = anthropic.batches.get(result.outputs.get('batch-id') ?? '');
  if (batch === undefined) throw new Error(`no batch:\n${result.log}`);
  return batch;
};

/** A paused run that no process made: its note, and the batch that it names. */
async function addPaused(
  { github, repository, results }: Simulator,
  pull: number,
  batchId: string,
  more: { readonly headRepository?: string; readonly noted?: number } = {},
): Promise<void> {
  const now = github.now();
  const { headRepository = repository.fullName, noted = runOf(pull) } = more;
  const head = { headBranch: `topic-${pull}`, headSha: '1'.repeat(40), headRepository };
  const made = addRun(repository, { id: runOf(pull), ...head, createdAtMs: now });
  const ended = { startedAtMs: now, completedAtMs: now, status: 'completed', conclusion: 'success' } as const;
  const { id } = addJob(github, made, { name: 'evals', ...ended });
  const until = new Date(now + 28 * 24 * HOUR_MS).toISOString();
  const about = { run_id: noted, attempt: 1, job: { id, name: 'evals' }, name: 'evals-0', until };
  const bytes = await zipOf({ 'paused.json': printPauseNote({ schema: 1, batch_ids: [batchId], ...about }) });
  results.store({ run: runOf(pull), name: 'claude-batch-paused-1', bytes });
}

/** The outputs that say what came of it, and the comment's headings, each without what differs from run to run. */
function endOf({ repository }: Simulator, pull: number, result: RunResult) {
  const names = [
    'status',
    'request-count',
    'succeeded-count',
    'expired-count',
    'cost-usd',
    'new-cost-usd',
    'saved-usd',
  ];
  const graded = ['verdict', 'pass-rate', 'passed-count'];
  const comments = repository.comments.filter(({ conversation }) => conversation === pull);
  return {
    conclusion: result.conclusion,
    errors: errorsOf(result),
    outputs: [...names, ...graded].map((name) => `${name}: ${result.outputs.get(name)}`),
    comments: comments.map(({ body }) =>
      body
        .split('\n')
        .filter((line) => /^#|^\*\*|cases pass/.test(line))
        .map(steady),
    ),
  };
}

function steady(line: string): string {
  return line.replace(/\(http[^)]*\)/g, '()').replace(/\d+ (?:ms|s|min|h)\b(?: \d+ (?:ms|s|min)\b)*/g, '…');
}

test('30 paused runs: one round wakes exactly what can be collected for free, and then all is as if nobody had paused', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 3 * HOUR_MS } });
  const { anthropic, github, exchanges } = simulator;
  addPulls(simulator);
  const plain = await evaluate(simulator, 1, { pull: 101 });
  const haiku = await evaluate(simulator, 1, { pull: 102, ...FIRST });
  const sonnet = await evaluate(simulator, 1, { pull: 102, ...SECOND });
  const gated = await evaluate(simulator, 1, { pull: 103, ...GATED });
  const expired = await evaluate(simulator, 1, { pull: 104, ...EXPIRED });
  const deleted = await evaluate(simulator, 1, { pull: 105 });
  const byHand = await evaluate(simulator, 1, { pull: 106 });
  const paused = [plain, haiku, sonnet, gated, expired, deleted, byHand];
  expect(paused.map(({ outputs }) => outputs.get('status'))).toEqual(paused.map(() => 'pending'));
  expect(paused.map(({ conclusion }) => conclusion).filter((one) => one === 'failure')).toEqual(['failure']);
  // A person ran it again, and canceled that.
  const byPerson = {
    startedAtMs: github.now() + 60_000,
    completedAtMs: github.now() + 90_000,
    status: 'completed',
  } as const;
  const again = simulator.repository.runs.get(runOf(106));
  if (again) addJob(github, again, { name: 'evals', attempt: 2, conclusion: 'cancelled', ...byPerson });
  const template = batchOf(simulator, plain);
  addRepository(github, 'mallory/evals');
  await addPaused(simulator, 107, template.id, { headRepository: 'mallory/evals' });
  await addPaused(simulator, 108, template.id, { noted: runOf(101) });
  for (let pull = 109; pull <= 130; pull += 1) {
    const id = `msgbatch_of_${pull}`;
    anthropic.batches.set(id, { ...template, id, looks: 0, end: undefined });
    await addPaused(simulator, pull, id);
  }
  const end = (result: RunResult, why: 'done' | 'expired' = 'done') =>
    Object.assign(batchOf(simulator, result), { end: { atMs: github.now(), why } });
  for (const one of [plain, haiku, sonnet, gated, byHand]) end(one);
  end(expired, 'expired');
  anthropic.batches.delete(deleted.outputs.get('batch-id') ?? '');

  const reruns = watchReruns(simulator);
  const from = exchanges.length;
  const creates = createsOf(simulator);
  const first = await wake(simulator);
  const sent = exchanges.slice(from);
  expect([first.conclusion, errorsOf(first)]).toEqual(['success', []]);
  expect([...reruns].sort()).toEqual([
    '101: evals',
    '102: evals (haiku)',
    '102: evals (sonnet)',
    '103: evals',
    '104: evals',
  ]);
  const wokenRuns = wokenBy(first).map(({ run_id }: { run_id: number }) => run_id - runOf(0));
  expect(wokenRuns.sort()).toEqual([101, 102, 102, 103, 104]);
  // Those whose batches run.
  expect(first.outputs.get('waiting-count')).toBe('22');
  expect(first.summary).toContain(`/actions/runs/${runOf(101)}`);
  const writes = sent.filter(({ method, path }) => method !== 'GET' && !/CacheService|^\/blobs/.test(path));
  const repository = 'POST /api/v3/repos/octo-org/evals/actions';
  expect(writes.map(({ method, path }) => `${method} ${path.replace(/\d{4,}/, '…')}`).sort()).toEqual([
    ...Array(3).fill(`${repository}/jobs/…/rerun`),
    `${repository}/runs/…/rerun`,
  ]);
  expect(sent.filter(({ path }) => path.startsWith('/v1/')).every(({ path }) => !path.endsWith('/results'))).toBe(true);
  expect(sent.filter(({ path }) => path.startsWith('/api/')).length).toBeLessThan(120);

  const attempts = [
    { pull: 101, result: await evaluate(simulator, 2, { pull: 101 }) },
    { pull: 102, result: await evaluate(simulator, 2, { pull: 102, ...FIRST }) },
    { pull: 103, result: await evaluate(simulator, 2, { pull: 103, ...GATED }) },
    { pull: 104, result: await evaluate(simulator, 2, { pull: 104, ...EXPIRED }) },
  ];
  attempts.push({ pull: 102, result: await evaluate(simulator, 2, { pull: 102, ...SECOND }) });
  expect((await wake(simulator)).outputs.get('waiting-count')).toBe('22');
  expect([createsOf(simulator), reruns.length]).toEqual([creates, 5]);
  const notes = simulator.results.artifacts.filter(({ name }) => name.startsWith('claude-batch-paused-'));
  expect(notes.map((one) => Number(one.run) - runOf(0)).sort()).toEqual([
    105,
    106,
    ...Array.from({ length: 24 }, (_, i) => 107 + i),
  ]);

  const patient = await simulate({ anthropic: { endsAfterMs: 50 } });
  addPulls(patient);
  const wait = { 'wait-minutes': '10' };
  const whole = [
    { pull: 101, result: await evaluate(patient, 1, { pull: 101, inputs: wait }) },
    { pull: 102, result: await evaluate(patient, 1, { pull: 102, ...FIRST, inputs: wait }) },
    { pull: 103, result: await evaluate(patient, 1, { pull: 103, inputs: { ...GATED.inputs, ...wait } }) },
  ];
  whole.push({ pull: 102, result: await evaluate(patient, 1, { pull: 102, ...SECOND, inputs: wait }) });
  const woken = attempts.filter(({ pull }) => pull !== 104);
  expect(woken.map(({ pull, result }) => endOf(simulator, pull, result))).toEqual(
    whole.map(({ pull, result }) => endOf(patient, pull, result)),
  );
  expect(woken.map(({ result }) => result.outputs.get('new-cost-usd'))).not.toContain('0.000000');
  const unanswered = attempts.find(({ pull }) => pull === 104)?.result.outputs;
  expect([unanswered?.get('expired-count'), unanswered?.get('new-cost-usd')]).toEqual(['2', '0.000000']);
}, 300_000);

test('two wakers at once run a job again once, and one that is killed keeps the next from nothing', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 3 * HOUR_MS } });
  addPulls(simulator);
  const paused = await evaluate(simulator, 1, { pull: 101 });
  Object.assign(batchOf(simulator, paused), { end: { atMs: simulator.github.now(), why: 'done' } });
  const reruns = watchReruns(simulator);
  // Dead right before GitHub gets the request.
  let lose = () => {};
  simulator.watchers.push((stage, { path }) => {
    if (stage !== 'arrived' || !path.endsWith('/rerun')) return 'go-on';
    simulator.watchers.pop();
    lose();
    return 'drop';
  });
  const killed = await wake(simulator, {
    onStart: (step) => {
      lose = step.lose;
    },
  });
  expect([killed.lost, reruns]).toEqual([true, []]);
  // What it claimed is free again after a quarter of an hour.
  simulator.results.evict('claude-batch-claim-wake-');
  const both = await Promise.all([wake(simulator), wake(simulator)]);
  expect(both.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
  expect(reruns).toEqual(['101: evals']);
  expect(both.flatMap(wokenBy)).toMatchObject([{ run_id: runOf(101), name: 'evals-0' }]);
  const third = await wake(simulator);
  expect([reruns.length, wokenBy(third), third.outputs.get('waiting-count')]).toEqual([1, [], '1']);
});

test('a waker that cannot do its work is red and says what it needs', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 3 * HOUR_MS } });
  addPulls(simulator);
  await evaluate(simulator, 1, { pull: 101 });
  for (const batch of simulator.anthropic.batches.values())
    Object.assign(batch, { end: { atMs: simulator.github.now(), why: 'done' } });
  const readOnly = await wake(simulator, { githubToken: simulatedToken });
  const withoutKey = await wake(simulator, { inputs: { 'wake-paused': 'true', 'anthropic-api-key': '' } });
  const wrongKey = await wake(simulator, { inputs: { 'wake-paused': 'true', 'anthropic-api-key': 'sk-ant-other' } });
  const both = await wake(simulator, { inputs: { 'wake-paused': 'true', requests: 'a.jsonl' } });
  expect([readOnly, withoutKey, wrongKey, both].map(({ conclusion }) => conclusion)).toEqual(Array(4).fill('failure'));
  expect(errorsOf(readOnly).join()).toContain('actions: write');
  expect(errorsOf(withoutKey)).toHaveLength(1);
  expect(errorsOf(wrongKey)).toHaveLength(1);
  expect(errorsOf(both).join()).toContain('wake-paused');
});

test('a job that a person canceled is not run again with the others, and nothing is paid twice', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 3 * HOUR_MS }, pace: 'real' });
  addPulls(simulator);
  const gated = { 'min-pass-rate': '100', 'on-timeout': 'fail' };
  for (const leg of [FIRST, SECOND]) await evaluate(simulator, 1, { pull: 101, ...leg, inputs: gated });
  for (const batch of simulator.anthropic.batches.values())
    Object.assign(batch, { end: { atMs: simulator.github.now(), why: 'done' } });
  await evaluate(simulator, 1, {
    pull: 101,
    job: { jobIndex: 2 },
    jobName: 'evals (opus)',
    inputs: { ...gated, 'wait-minutes': '60', 'on-cancel': 'cancel' },
    cancelWhen: /Waiting for/,
  });
  for (const job of simulator.repository.runs.get(runOf(101))?.jobs ?? [])
    if (job.name === 'evals (opus)') Object.assign(job, { status: 'completed', conclusion: 'cancelled' });
  const reruns = watchReruns(simulator);
  const waker = await wake(simulator);
  expect([waker.conclusion, reruns.length, waker.outputs.get('waiting-count')]).toEqual(['success', 1, '1']);
  const [first = ''] = reruns;
  expect(['101: evals (haiku)', '101: evals (sonnet)']).toContain(first);
  simulator.results.evict('claude-batch-claim-wake-');
  const creates = createsOf(simulator);
  await evaluate(simulator, 2, { pull: 101, ...(first.includes('haiku') ? FIRST : SECOND), inputs: gated });
  await wake(simulator);
  expect([...reruns].sort()).toEqual(['101: evals (haiku)', '101: evals (sonnet)']);
  expect(createsOf(simulator)).toBe(creates);
}, 120_000);

test('inputs that a waker does not take are told, and it warns of no report that it never writes', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 3 * HOUR_MS } });
  addPulls(simulator);
  await evaluate(simulator, 1, { pull: 101 });
  for (const batch of simulator.anthropic.batches.values())
    Object.assign(batch, { end: { atMs: simulator.github.now(), why: 'done' } });
  const reruns = watchReruns(simulator);
  const wrong = [
    { 'wake-paused': 'yes' },
    { 'wake-paused': 'true', 'batch-id': 'msgbatch_1' },
    { 'wake-paused': 'true', 'dry-run': 'true' },
  ];
  for (const inputs of wrong) {
    const result = await wake(simulator, { inputs });
    expect([result.conclusion, errorsOf(result).length, warningsOf(result)]).toEqual(['failure', 1, []]);
  }
  expect(reruns).toEqual([]);
  const idle = await wake(simulator, { inputs: { 'wake-paused': 'true', 'max-drop': '2', comment: 'never' } });
  expect([idle.conclusion, reruns]).toEqual(['success', ['101: evals']]);
  const notices = idle.rawLog.split('\n').filter((line) => line.startsWith('::notice'));
  expect(notices.join()).toMatch(/comment.*max-drop/);
}, 120_000);
