import { expect, test } from '@jest/globals';
import type { Trigger } from '../../simulator/workflow/trigger.ts';
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
