import { describe, expect, test } from '@jest/globals';
import { casesOf, yesExcept } from './cases.ts';
import {
  checkOf,
  endOf,
  FILES,
  finisherOf,
  MAIN,
  MINUTE_MS,
  minutesIn,
  openAnswered,
  PULL,
  paidBatches,
  resultOf,
  sectionsOf,
} from './scene.ts';

// A batch is submitted by one job and collected by another, which GitHub holds until a timer ends.

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
    ['that no request got through', 'reset'],
    ['after which nobody knows whether there is a batch', 'reset-after'],
  ] as const)('for a network %s', async (_, kind) => {
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
    expect(paidBatches(scene)).toBe(1);
    expect(sectionsOf(scene)).toEqual(['evals']);
  });
});

test('requests that are wrong turn both jobs red, and the comment says so once', async () => {
  const scene = await openAnswered();
  const run = scene.start('two-jobs.yml', PULL, { files: { 'evals/cases.jsonl': '{"custom_id":"a","params":{}}\n' } });
  await scene.runner.play();
  expect(endOf(run, 'submit', 'status')).toEqual({ job: 'failure', status: 'rejected' });
  expect(endOf(run, 'collect', 'status')).toEqual({ job: 'failure', status: 'rejected' });
  expect(paidBatches(scene)).toBe(0);
  expect(sectionsOf(scene)).toEqual(['evals']);
});

test('a submit that is killed while the API makes its batch leaves it to the second job to find it', async () => {
  const scene = await openAnswered(5 * MINUTE_MS);
  scene.simulator.watchers.push((stage, { method, path }) => {
    if (stage !== 'handled' || method !== 'POST' || !path.endsWith('/batches')) return 'go-on';
    scene.runningStep()?.lose();
    return 'drop';
  });
  const run = scene.start('two-jobs.yml', PULL, { files: FILES });
  await scene.runner.play(scene.now() + 20 * MINUTE_MS);
  scene.simulator.watchers.splice(0);
  await scene.runner.play();
  expect(endOf(run, 'submit')).toEqual({ job: 'failure' });
  expect(endOf(run, 'collect', 'status', 'passed-count')).toEqual({
    job: 'success',
    status: 'completed',
    'passed-count': '3',
  });
  expect(paidBatches(scene)).toBe(1);
  expect(sectionsOf(scene)).toEqual(['evals']);
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
