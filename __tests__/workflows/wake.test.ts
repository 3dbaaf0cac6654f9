import { expect, test } from '@jest/globals';
import type { Trigger } from '../../simulator/workflow/trigger.ts';
import { casesOf } from './cases.ts';
import {
  checkOf,
  endOf,
  FILES,
  HOUR_MS,
  jobOf,
  MINUTE_MS,
  openAnswered,
  PULL,
  paidBatches,
  resultOf,
  type Scene,
  sectionsOf,
} from './scene.ts';

const SCHEDULE: Trigger = { event: 'schedule', ref: 'refs/heads/main', sha: 'a'.repeat(40) };
/** How `wake.yml` says to leave the waiting to it. */
const LEAVES = [['supersede: cancel\n', 'supersede: cancel\n          wait-minutes: "5"\n']] as const;

/** Plays `wake.yml`, and then the jobs that it woke. */
async function wake({ start, runner }: Scene): Promise<{ woken: unknown; waiting: string | undefined }> {
  const run = start('wake.yml', SCHEDULE, { files: {} });
  await runner.play();
  const { outputs, conclusion } = resultOf(run, 'wake');
  expect(conclusion).toBe('success');
  return { woken: JSON.parse(outputs.get('woken') ?? ''), waiting: outputs.get('waiting-count') };
}

test('wake.yml finishes a job that did not wait, once its batch has ended, and the check is red until then', async () => {
  const scene = await openAnswered(2 * HOUR_MS);
  const run = scene.start('pull-request.yml', PULL, { files: FILES, changes: LEAVES });
  await scene.runner.play();
  expect(endOf(run, 'evals', 'status')).toEqual({ job: 'failure', status: 'pending' });
  const paused = jobOf(run, 'evals').place.id;
  await scene.runner.play(scene.now() + 30 * MINUTE_MS);
  expect(await wake(scene)).toEqual({ woken: [], waiting: '1' });
  await scene.runner.play(scene.now() + 2 * HOUR_MS);
  expect(await wake(scene)).toEqual({
    woken: [expect.objectContaining({ run_id: run.id, job_id: paused, name: 'evals-0' })],
    waiting: '0',
  });

  expect(endOf(run, 'evals', 'status', 'passed-count')).toEqual({
    job: 'success',
    status: 'completed',
    'passed-count': '3',
  });
  expect(checkOf(scene, run, 'evals')).toEqual([
    ...['pending', 'in_progress', 'failure'],
    ...['pending', 'in_progress', 'success'],
  ]);
  expect(paidBatches(scene)).toBe(1);
  expect(sectionsOf(scene)).toEqual(['evals-0']);
  expect(await wake(scene)).toEqual({ woken: [], waiting: '0' });
});

test('wake.yml wakes the second of two jobs too, which goes through its timer once more', async () => {
  const scene = await openAnswered(2 * HOUR_MS);
  const run = scene.start('two-jobs.yml', PULL, { files: FILES });
  await scene.runner.play();
  expect(endOf(run, 'collect', 'status')).toEqual({ job: 'failure', status: 'pending' });
  const paused = jobOf(run, 'collect').place.id;
  await scene.runner.play(scene.now() + 2 * HOUR_MS);
  expect(await wake(scene)).toEqual({
    woken: [expect.objectContaining({ job_id: paused, name: 'evals' })],
    waiting: '0',
  });
  expect(endOf(run, 'collect', 'status')).toEqual({ job: 'success', status: 'completed' });
  expect(run.executions.map(({ name, attempt }) => `${name} ${attempt}`)).toEqual([
    'submit 1',
    'collect 1',
    'collect 2',
  ]);
  expect(paidBatches(scene)).toBe(1);
  expect(sectionsOf(scene)).toEqual(['evals']);
});

test('paused runs of one concurrency group wake one after the other, and none cancels another', async () => {
  const scene = await openAnswered(2 * HOUR_MS);
  const onMain: Trigger = { event: 'push', ref: 'refs/heads/main', sha: '' };
  const runs: ReturnType<typeof scene.start>[] = [];
  for (const n of ['1', '2', '3']) {
    const files = { 'evals/cases.jsonl': casesOf(3, { word: `w${n}` }) };
    runs.push(scene.start('pull-request.yml', { ...onMain, sha: n.repeat(40) }, { files, changes: LEAVES }));
    await scene.runner.play();
  }
  const ends = () => runs.map((run) => endOf(run, 'evals', 'status')['status']);
  expect(ends()).toEqual(['pending', 'pending', 'pending']);
  await scene.runner.play(scene.now() + 3 * HOUR_MS);
  for (const waiting of ['2', '1', '0']) {
    expect(await wake(scene)).toMatchObject({ waiting });
    await scene.runner.play(scene.now() + 30 * MINUTE_MS);
  }
  expect(ends()).toEqual(['completed', 'completed', 'completed']);
}, 120_000);

test('wake.yml wakes a job again whose runner was lost while it collected', async () => {
  const scene = await openAnswered(2 * HOUR_MS);
  const run = scene.start('pull-request.yml', PULL, { files: FILES, changes: LEAVES });
  await scene.runner.play();
  await scene.runner.play(scene.now() + 3 * HOUR_MS);
  let isArmed = true;
  scene.simulator.watchers.push((stage, { method, path }) => {
    if (!isArmed || stage !== 'arrived' || method !== 'GET' || !path.endsWith('/results')) return 'go-on';
    isArmed = false;
    scene.runningStep()?.lose();
    return 'drop';
  });
  expect(await wake(scene)).toMatchObject({ waiting: '0' });
  expect(endOf(run, 'evals', 'status')).toEqual({ job: 'failure', status: '' });
  await scene.runner.play(scene.now() + 30 * MINUTE_MS);
  await wake(scene);
  expect(endOf(run, 'evals', 'status')).toEqual({ job: 'success', status: 'completed' });
  expect([jobOf(run, 'evals').attempt, paidBatches(scene)]).toEqual([3, 1]);
  await scene.runner.play(scene.now() + 30 * MINUTE_MS);
  expect(await wake(scene)).toEqual({ woken: [], waiting: '0' });
}, 120_000);
