import { describe, expect, test } from '@jest/globals';
import { casesOf, yesExcept } from './cases.ts';
import {
  checkOf,
  endOf,
  finisherOf,
  HOUR_MS,
  MAIN,
  MINUTE_MS,
  minutesIn,
  openScene,
  PULL,
  resultOf,
  type Scene,
  sectionsOf,
} from './scene.ts';

// A batch is submitted by one job and collected by another, which GitHub holds until a timer ends.

const FILES = { 'evals/cases.jsonl': casesOf(3) };

async function openAnswered(endsAfterMs = 20 * MINUTE_MS): Promise<Scene> {
  const scene = await openScene({ endsAfterMs });
  scene.simulator.anthropic.script.outcomeOf = yesExcept(0);
  return scene;
}

function paidBatches({ simulator }: Scene): number {
  return simulator.anthropic.created;
}

test('one batch in all, a check that is pending in between, and no runner while the batch takes its time', async () => {
  const scene = await openAnswered();
  const main = scene.start('two-jobs.yml', MAIN, { files: { 'evals/cases.jsonl': casesOf(40) } });
  await scene.runner.play();
  expect(endOf(main, 'collect', 'status', 'verdict')).toEqual({
    job: 'success',
    status: 'completed',
    verdict: 'not-comparable',
  });

  scene.simulator.anthropic.script.outcomeOf = yesExcept(12);
  const files = { 'evals/cases.jsonl': casesOf(40, { word: 'really fine' }) };
  const run = scene.start('two-jobs.yml', PULL, { files });
  await scene.runner.play(scene.now() + 10 * MINUTE_MS);
  expect(endOf(run, 'submit', 'status', 'verdict', 'pass-rate')).toEqual({
    job: 'success',
    status: 'pending',
    verdict: '',
    'pass-rate': '',
  });
  expect(finisherOf(run, 'submit')).toEqual({ kind: 'job', job: 'collect' });
  expect(sectionsOf(scene)).toEqual(['evals']);
  expect(checkOf(scene, run, 'collect')).toEqual(['pending']);

  await scene.runner.play();
  expect(endOf(run, 'collect', 'status', 'batch-id', 'verdict', 'broken-count', 'baseline-run-id')).toEqual({
    job: 'failure',
    status: 'completed',
    'batch-id': resultOf(run, 'submit').outputs.get('batch-id'),
    verdict: 'fail',
    'broken-count': '12',
    'baseline-run-id': String(main.id),
  });
  expect(checkOf(scene, run, 'collect')).toEqual(['pending', 'in_progress', 'failure']);
  expect(minutesIn(scene, run, 'collect', 'pending')).toBeGreaterThanOrEqual(30);
  for (const job of ['submit', 'collect']) expect(minutesIn(scene, run, job, 'in_progress')).toBeLessThan(5);
  expect(paidBatches(scene)).toBe(2);
  expect(sectionsOf(scene)).toEqual(['evals']);
  expect(scene.simulator.repository.comments).toHaveLength(1);
});

test('a re-run of either job alone pays nothing and ends as before', async () => {
  const scene = await openAnswered();
  const run = scene.start('two-jobs.yml', PULL, { files: FILES });
  await scene.runner.play();
  const collected = { job: 'success', status: 'completed', 'passed-count': '3' };
  expect(endOf(run, 'collect', 'status', 'passed-count')).toEqual(collected);

  scene.runner.rerun(run, { job: 'collect' });
  await scene.runner.play();
  expect(endOf(run, 'collect', 'status', 'passed-count', 'new-cost-usd')).toEqual({
    ...collected,
    'new-cost-usd': '0.000000',
  });

  scene.runner.rerun(run, { job: 'submit' });
  await scene.runner.play(scene.now() + 10 * MINUTE_MS);
  expect(endOf(run, 'submit', 'status', 'verdict')).toEqual({ job: 'success', status: 'pending', verdict: '' });
  await scene.runner.play();
  expect(endOf(run, 'collect', 'status', 'passed-count', 'new-cost-usd')).toEqual({
    ...collected,
    'new-cost-usd': '0.000000',
  });
  expect(paidBatches(scene)).toBe(1);
  expect(sectionsOf(scene)).toEqual(['evals']);
});

describe('after a submit that failed, the second job submits and waits itself', () => {
  const collected = { job: 'success', status: 'completed', 'passed-count': '3' };

  test('for a key that was refused', async () => {
    const scene = await openAnswered(5 * MINUTE_MS);
    const { secrets } = scene.runner;
    const key = secrets['ANTHROPIC_API_KEY'] ?? '';
    secrets['ANTHROPIC_API_KEY'] = 'sk-ant-wrong';
    const run = scene.start('two-jobs.yml', PULL, { files: FILES });
    await scene.runner.play(scene.now() + MINUTE_MS);
    secrets['ANTHROPIC_API_KEY'] = key;
    await scene.runner.play();
    expect(endOf(run, 'submit')).toEqual({ job: 'failure' });
    expect(endOf(run, 'collect', 'status', 'passed-count')).toEqual(collected);
    expect(paidBatches(scene)).toBe(1);
    expect(sectionsOf(scene)).toEqual(['evals']);
  });

  test.each([
    ['that no request got through', 'reset', 1],
    ['after which nobody knows whether there is a batch', 'reset-after', 1],
  ] as const)('for a network %s', async (_, kind, batches) => {
    const scene = await openAnswered(5 * MINUTE_MS);
    const { faults } = scene.simulator;
    faults.push({ method: 'POST', path: /\/batches$/, times: 1000, does: { kind } });
    faults.push({ method: 'GET', path: /\/batches$/, times: 1000, does: { kind: 'reset' } });
    const run = scene.start('two-jobs.yml', PULL, { files: FILES });
    await scene.runner.play(scene.now() + 20 * MINUTE_MS);
    faults.splice(0);
    await scene.runner.play();
    expect(endOf(run, 'submit')).toEqual({ job: 'failure' });
    expect(endOf(run, 'collect', 'status', 'passed-count')).toEqual(collected);
    expect(paidBatches(scene)).toBe(batches);
    expect(sectionsOf(scene)).toEqual(['evals']);
  });
});

describe('a push while the second job waits', () => {
  async function pushInBetween(files: Readonly<Record<string, string>>) {
    const scene = await openAnswered();
    const older = scene.start('two-jobs.yml', PULL, { files: FILES });
    await scene.runner.play(scene.now() + 10 * MINUTE_MS);
    scene.push('8'.repeat(40));
    const newer = scene.start('two-jobs.yml', PULL, { files });
    await scene.runner.play();
    expect(endOf(older, 'submit')).toEqual({ job: 'success' });
    expect(checkOf(scene, older, 'collect')).toEqual(['pending', 'cancelled']);
    expect(endOf(newer, 'collect', 'status', 'passed-count')).toEqual({
      job: 'success',
      status: 'completed',
      'passed-count': '3',
    });
    expect(sectionsOf(scene)).toEqual(['evals']);
    return { scene, newer };
  }

  test('cancels it, and the newer run collects the batch of the same requests', async () => {
    const { scene, newer } = await pushInBetween(FILES);
    expect(endOf(newer, 'submit', 'status', 'batch-source')).toMatchObject({ 'batch-source': 'joined' });
    expect(paidBatches(scene)).toBe(1);
  });

  test('cancels it, and the newer run stops the batch of other requests', async () => {
    const { scene } = await pushInBetween({ 'evals/cases.jsonl': casesOf(3, { word: 'really fine' }) });
    const stopped = [...scene.simulator.anthropic.batches.values()].map(
      ({ cancelledAtMs }) => cancelledAtMs !== undefined,
    );
    expect(stopped).toEqual([true, false]);
  });
});

test('a run that a person cancels is not green, and a re-run of what failed collects free', async () => {
  const scene = await openAnswered();
  const run = scene.start('two-jobs.yml', PULL, { files: FILES });
  await scene.runner.play(scene.now() + 10 * MINUTE_MS);
  scene.runner.cancel(run);
  await scene.runner.play();
  expect(checkOf(scene, run, 'collect')).toEqual(['pending', 'cancelled']);
  scene.runner.rerun(run, 'failed');
  await scene.runner.play();
  expect(endOf(run, 'collect', 'status', 'passed-count')).toEqual({
    job: 'success',
    status: 'completed',
    'passed-count': '3',
  });
  expect(paidBatches(scene)).toBe(1);
});

describe('a batch that takes longer than the timer', () => {
  test('is waited for as long as the second job lasts', async () => {
    const scene = await openAnswered(36 * MINUTE_MS);
    const run = scene.start('two-jobs.yml', PULL, { files: FILES });
    await scene.runner.play();
    expect(endOf(run, 'collect', 'status')).toEqual({ job: 'success', status: 'completed' });
    expect(minutesIn(scene, run, 'collect', 'in_progress')).toBeGreaterThanOrEqual(5);
  });

  test('leaves the check red where there is a gate, until a re-run collects it', async () => {
    const scene = await openAnswered(2 * HOUR_MS);
    const run = scene.start('two-jobs.yml', PULL, { files: FILES });
    await scene.runner.play();
    expect(endOf(run, 'collect', 'status')).toEqual({ job: 'failure', status: 'pending' });
    expect(minutesIn(scene, run, 'collect', 'in_progress')).toBeLessThan(15);
    await scene.runner.play(scene.now() + 2 * HOUR_MS);
    scene.runner.rerun(run, { job: 'collect' });
    await scene.runner.play();
    expect(endOf(run, 'collect', 'status')).toEqual({ job: 'success', status: 'completed' });
    expect(checkOf(scene, run, 'collect')).toEqual([
      ...['pending', 'in_progress', 'failure'],
      ...['pending', 'in_progress', 'success'],
    ]);
    expect(paidBatches(scene)).toBe(1);
    expect(sectionsOf(scene)).toEqual(['evals']);
  });
});

describe('two-timers.yml', () => {
  test('collects late what takes hours', async () => {
    const scene = await openAnswered(5 * HOUR_MS);
    const run = scene.start('two-timers.yml', PULL, { files: FILES });
    await scene.runner.play(scene.now() + HOUR_MS);
    expect(endOf(run, 'collect', 'status', 'verdict')).toEqual({ job: 'success', status: 'pending', verdict: '' });
    expect(finisherOf(run, 'submit')).toEqual({ kind: 'job', job: 'collect' });
    expect(finisherOf(run, 'collect')).toEqual({ kind: 'job', job: 'collect-late' });
    expect(checkOf(scene, run, 'collect-late')).toEqual(['pending']);
    await scene.runner.play();
    expect(endOf(run, 'collect-late', 'status', 'passed-count')).toEqual({
      job: 'success',
      status: 'completed',
      'passed-count': '3',
    });
    expect(minutesIn(scene, run, 'collect-late', 'in_progress')).toBeLessThan(5);
    expect(paidBatches(scene)).toBe(1);
    expect(sectionsOf(scene)).toEqual(['long-evals']);
  });

  test('leaves out the late job where the first has graded, whose check is red then', async () => {
    const scene = await openAnswered();
    scene.simulator.anthropic.script.outcomeOf = yesExcept(2);
    const changes = [['max-drop: "2"', 'min-pass-rate: "90"']] as const;
    const run = scene.start('two-timers.yml', PULL, { files: FILES, changes });
    await scene.runner.play();
    expect(endOf(run, 'collect', 'status', 'verdict')).toEqual({
      job: 'failure',
      status: 'completed',
      verdict: 'fail',
    });
    expect(checkOf(scene, run, 'collect-late')).toEqual(['pending', 'skipped']);
  });
});

test('a matrix of two has two batches, each collected by its own job', async () => {
  const scene = await openAnswered();
  const models = ['claude-haiku-4-5', 'claude-sonnet-4-6'];
  const strategy = `strategy: { fail-fast: false, matrix: { model: [${models.join(', ')}] } }`;
  const run = scene.start('two-jobs.yml', PULL, {
    files: FILES,
    changes: [
      ['    runs-on: ubuntu-slim\n', `    runs-on: ubuntu-slim\n    ${strategy}\n`],
      ['name: evals\n', 'name: ${{ matrix.model }}\n          override-params: "model: ${{ matrix.model }}"\n'],
    ],
  });
  await scene.runner.play(scene.now() + 10 * MINUTE_MS);
  for (const model of models) {
    expect(finisherOf(run, `submit (${model})`)).toEqual({ kind: 'job', job: 'collect' });
    expect(checkOf(scene, run, `collect (${model})`)).toEqual(['pending']);
  }
  await scene.runner.play();
  const idOf = (job: string) => resultOf(run, job).outputs.get('batch-id');
  for (const model of models) {
    expect(endOf(run, `collect (${model})`, 'status', 'passed-count', 'batch-id')).toEqual({
      job: 'success',
      status: 'completed',
      'passed-count': '3',
      'batch-id': idOf(`submit (${model})`),
    });
  }
  expect(idOf(`submit (${models[0]})`)).not.toBe(idOf(`submit (${models[1]})`));
  expect(paidBatches(scene)).toBe(2);
  expect(sectionsOf(scene)).toEqual(models);

  scene.runner.rerun(run, { job: `collect (${models[1]})` });
  await scene.runner.play();
  expect(endOf(run, `collect (${models[1]})`, 'new-cost-usd')).toEqual({ job: 'success', 'new-cost-usd': '0.000000' });
  expect(paidBatches(scene)).toBe(2);
  expect(sectionsOf(scene)).toEqual(models);
});

test('the judge is asked by the second job, also where the batch has ended before the first leaves', async () => {
  const scene = await openAnswered(0);
  const rubric = { type: 'llm-rubric', value: 'says yes' };
  const files = { 'evals/cases.jsonl': casesOf(3, { more: [rubric] }) };
  const run = scene.start('two-jobs.yml', PULL, { files });
  await scene.runner.play(scene.now() + 10 * MINUTE_MS);
  expect(endOf(run, 'submit', 'status', 'verdict', 'pass-rate')).toEqual({
    job: 'success',
    status: 'pending',
    verdict: '',
    'pass-rate': '',
  });
  expect(paidBatches(scene)).toBe(1);
  await scene.runner.play();
  expect(endOf(run, 'collect', 'status', 'passed-count')).toEqual({
    job: 'success',
    status: 'completed',
    'passed-count': '3',
  });
  expect(paidBatches(scene)).toBe(2);

  scene.runner.rerun(run, { job: 'submit' });
  await scene.runner.play();
  expect(endOf(run, 'collect', 'status', 'passed-count', 'new-cost-usd')).toEqual({
    job: 'success',
    status: 'completed',
    'passed-count': '3',
    'new-cost-usd': '0.000000',
  });
  expect(paidBatches(scene)).toBe(2);
});

test('repeats are one batch', async () => {
  const scene = await openAnswered();
  const changes = [['max-drop: "2"\n', 'max-drop: "2"\n          repeats: "3"\n']] as const;
  const run = scene.start('two-jobs.yml', PULL, { files: FILES, changes });
  await scene.runner.play();
  expect(endOf(run, 'submit', 'status')).toEqual({ job: 'success', status: 'pending' });
  expect(endOf(run, 'collect', 'status', 'request-count', 'case-count', 'passed-count')).toEqual({
    job: 'success',
    status: 'completed',
    'request-count': '9',
    'case-count': '3',
    'passed-count': '3',
  });
  expect(paidBatches(scene)).toBe(1);
});

test('more requests than one batch takes are submitted by the first job, and all collected by the second', async () => {
  const scene = await openAnswered();
  const params = { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };
  const ids = Array.from({ length: 100_001 }, (_, index) => `r${index}`);
  const text = ids.map((id) => JSON.stringify({ custom_id: id, params })).join('\n');
  const changes = [
    ['max-drop: "2"\n', 'results-path: ""\n'],
    ['max-cost-usd: "5"\n', 'artifact-name: ""\n'],
  ] as const;
  const run = scene.start('two-jobs.yml', PULL, { files: { 'evals/cases.jsonl': text }, changes });
  await scene.runner.play();
  expect(endOf(run, 'submit', 'status')).toEqual({ job: 'success', status: 'pending' });
  expect([...scene.simulator.anthropic.batches.values()].map(({ requests }) => requests.length)).toEqual([100_000, 1]);
  expect(endOf(run, 'collect', 'status', 'succeeded-count')).toEqual({
    job: 'success',
    status: 'completed',
    'succeeded-count': '100001',
  });
  expect(paidBatches(scene)).toBe(2);
});
