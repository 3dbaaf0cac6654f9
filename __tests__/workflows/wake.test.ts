import { expect, test } from '@jest/globals';
import type { WorkflowRun } from '../../simulator/workflow/run.ts';
import type { Trigger } from '../../simulator/workflow/trigger.ts';
import { casesOf, yesExcept } from './cases.ts';
import { checkOf, endOf, HOUR_MS, jobOf, MINUTE_MS, openScene, PULL, resultOf, sectionsOf } from './scene.ts';

const SCHEDULE: Trigger = { event: 'schedule', ref: 'refs/heads/main', sha: 'a'.repeat(40) };
/** How `wake.yml` says to leave the waiting to it. */
const LEAVES = [['supersede: cancel\n', 'supersede: cancel\n          wait-minutes: "5"\n']] as const;

/** The jobs that a run of `wake.yml` woke. */
function wokenBy(run: WorkflowRun): { run_id: number; job_id: number | null; name: string }[] {
  return JSON.parse(resultOf(run, 'wake').outputs.get('woken') ?? '');
}

test('wake.yml finishes a job that did not wait, once its batch has ended, and the check is red until then', async () => {
  const scene = await openScene({ endsAfterMs: 2 * HOUR_MS });
  scene.simulator.anthropic.script.outcomeOf = yesExcept(0);
  const files = { 'evals/cases.jsonl': casesOf(3) };
  const wake = async () => {
    const run = scene.start('wake.yml', SCHEDULE, { files: {} });
    await scene.runner.play();
    expect(endOf(run, 'wake')).toEqual({ job: 'success' });
    return { woken: wokenBy(run), waiting: resultOf(run, 'wake').outputs.get('waiting-count') };
  };

  const run = scene.start('pull-request.yml', PULL, { files, changes: LEAVES });
  await scene.runner.play();
  expect(endOf(run, 'evals', 'status')).toEqual({ job: 'failure', status: 'pending' });
  const paused = jobOf(run, 'evals').place.id;
  await scene.runner.play(scene.now() + 30 * MINUTE_MS);
  expect(await wake()).toEqual({ woken: [], waiting: '1' });
  await scene.runner.play(scene.now() + 2 * HOUR_MS);
  expect(await wake()).toEqual({
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
  expect(scene.simulator.anthropic.created).toBe(1);
  expect(sectionsOf(scene)).toEqual(['evals-0']);
  expect(await wake()).toEqual({ woken: [], waiting: '0' });
});
