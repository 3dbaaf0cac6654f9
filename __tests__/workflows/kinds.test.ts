import { expect, test } from '@jest/globals';
import { casesOf } from './cases.ts';
import {
  checkOf,
  endOf,
  FILES,
  finisherOf,
  MAIN,
  MINUTE_MS,
  openAnswered,
  PULL,
  paidBatches,
  resultOf,
  sectionsOf,
} from './scene.ts';

// What two jobs and a timer do with several batches.

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

test('where every answer is reused there is no batch, and the second job still has the result', async () => {
  const scene = await openAnswered();
  const changes = [['max-drop: "2"\n', 'max-drop: "2"\n          reuse-answers: "true"\n']] as const;
  scene.start('two-jobs.yml', MAIN, { files: FILES, changes });
  await scene.runner.play();
  expect(paidBatches(scene)).toBe(1);

  const run = scene.start('two-jobs.yml', PULL, { files: FILES, changes });
  await scene.runner.play();
  expect(endOf(run, 'submit', 'status', 'verdict', 'pass-rate')).toEqual({
    job: 'success',
    status: 'pending',
    verdict: '',
    'pass-rate': '',
  });
  expect(endOf(run, 'collect', 'status', 'batch-source', 'reused-count', 'new-cost-usd', 'passed-count')).toEqual({
    job: 'success',
    status: 'completed',
    'batch-source': 'none',
    'reused-count': '3',
    'new-cost-usd': '0.000000',
    'passed-count': '3',
  });
  expect(paidBatches(scene)).toBe(1);

  const changed = { 'evals/cases.jsonl': FILES['evals/cases.jsonl'].replace('Is case-2', 'Is even case-2') };
  scene.push('8'.repeat(40));
  const next = scene.start('two-jobs.yml', PULL, { files: changed, changes });
  await scene.runner.play();
  expect(endOf(next, 'collect', 'status', 'reused-count', 'passed-count')).toEqual({
    job: 'success',
    status: 'completed',
    'reused-count': '2',
    'passed-count': '3',
  });
  expect([...scene.simulator.anthropic.batches.values()].map(({ requests }) => requests.length)).toEqual([3, 1]);
  expect(sectionsOf(scene)).toEqual(['evals']);
});
