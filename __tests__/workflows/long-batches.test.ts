import { describe, expect, test } from '@jest/globals';
import { yesExcept } from './cases.ts';
import {
  checkOf,
  endOf,
  FILES,
  finisherOf,
  HOUR_MS,
  MINUTE_MS,
  minutesIn,
  openAnswered,
  PULL,
  paidBatches,
  sectionsOf,
} from './scene.ts';

// A batch that has not ended when the timer has.

describe('a batch that takes longer than the timer', () => {
  test('is waited for from the start where the repository has no timers', async () => {
    const scene = await openAnswered(7 * MINUTE_MS, {});
    const run = scene.start('two-jobs.yml', PULL, { files: FILES });
    await scene.runner.play();
    expect(endOf(run, 'collect', 'status')).toEqual({ job: 'success', status: 'completed' });
    expect(minutesIn(scene, run, 'collect', 'in_progress')).toBeGreaterThanOrEqual(5);
    expect(paidBatches(scene)).toBe(1);
  });

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
    const scene = await openAnswered(3 * HOUR_MS);
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

  test('is red where even the late job comes too early', async () => {
    const scene = await openAnswered(6 * HOUR_MS);
    const run = scene.start('two-timers.yml', PULL, { files: FILES });
    await scene.runner.play();
    expect(endOf(run, 'collect', 'status')).toEqual({ job: 'success', status: 'pending' });
    expect(endOf(run, 'collect-late', 'status')).toEqual({ job: 'failure', status: 'pending' });
    await scene.runner.play(scene.now() + 2 * HOUR_MS);
    scene.runner.rerun(run, 'failed');
    await scene.runner.play();
    expect(endOf(run, 'collect-late', 'status')).toEqual({ job: 'success', status: 'completed' });
    expect(paidBatches(scene)).toBe(1);
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
