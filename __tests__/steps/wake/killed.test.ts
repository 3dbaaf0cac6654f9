import { expect, test } from '@jest/globals';
import { wake } from '../../../src/steps/wake/wake.ts';
import type { Waker } from '../../../src/steps/wake/waker.ts';
import { addPaused, createFakeWaker, type FakeWaker, finish } from '../../fakes/waking.ts';

class Killed extends Error {}

/** The waker, dead before or after its nth call to the outside. `calls` counts on where it lives. */
function mortal(waker: FakeWaker, n: number, stage: 'before' | 'after') {
  const counted = { calls: 0, at: '' };
  const fatal = <T extends object>(port: T, names: readonly (keyof T)[]): T => {
    const made = { ...port };
    for (const name of names) {
      const call = port[name] as (...given: unknown[]) => Promise<unknown>;
      const lethal = async (...given: unknown[]): Promise<unknown> => {
        counted.calls += 1;
        const isLast = counted.calls === n;
        if (isLast) counted.at = `${stage} ${String(name)}`;
        if (isLast && stage === 'before') throw new Killed();
        const value = await call(...given);
        if (isLast) throw new Killed();
        return value;
      };
      made[name] = lethal as T[keyof T];
    }
    return made;
  };
  const { api, runArtifacts, workflowRuns, state } = waker.ports;
  const ports: Waker['ports'] = {
    ...waker.ports,
    api: fatal(api, ['retrieve']),
    runArtifacts: fatal(runArtifacts, ['named', 'download']),
    workflowRuns: fatal(workflowRuns, [
      'run',
      'job',
      'jobs',
      'hasOtherUnderway',
      'rerunJob',
      'rerunFailedJobs',
      'rerunAllJobs',
    ]),
    state: fatal(state, ['claim']),
  };
  return { mortal: { ...waker, ports }, counted };
}

/** Two runs whose batches have ended, one of them with two jobs that failed, and one whose batch runs. */
function arrange(): FakeWaker {
  const waker = createFakeWaker();
  addPaused(waker, 5);
  for (const number of [1, 2]) addPaused(waker, 6, { number, job: `evals (${number})`, failed: true });
  addPaused(waker, 7, { status: 'in_progress' });
  return waker;
}

const ALL = ['5: evals', '6: failed jobs'];

test('whenever a waker is killed, the next ones wake every job once', async () => {
  const whole = mortal(arrange(), 0, 'before');
  await wake(whole.mortal);
  const total = whole.counted.calls;
  expect(total).toBeGreaterThan(30);
  const seen = new Set<string>();
  for (let n = 1; n <= total; n += 1) {
    for (const stage of ['before', 'after'] as const) {
      const waker = arrange();
      const dying = mortal(waker, n, stage);
      await expect(wake(dying.mortal)).rejects.toThrow(Killed);
      seen.add(dying.counted.at);
      const killed = [...waker.reruns];
      // At once, while what was run again is under way, and once what a dead one claimed is free again.
      expect(await wake(waker)).toBe(true);
      waker.fakes.clock.time += 15 * 60_000;
      expect(await wake(waker)).toBe(true);
      expect({ n, stage, reruns: [...waker.reruns].sort() }).toEqual({ n, stage, reruns: ALL });
      expect(waker.reruns.slice(0, killed.length)).toEqual(killed);
      for (const run of [5, 6]) finish(waker, run);
      waker.fakes.clock.time += 15 * 60_000;
      await wake(waker);
      expect(waker.reruns).toHaveLength(2);
      expect(waker.fakes.runArtifactState.artifacts.map(({ runId }) => runId)).toEqual([7]);
      expect(waker.fakes.apiState.created).toBe(0);
    }
  }
  expect([...seen].filter((at) => /rerun|claim/.test(at)).sort()).toEqual([
    'after claim',
    'after rerunFailedJobs',
    'after rerunJob',
    'before claim',
    'before rerunFailedJobs',
    'before rerunJob',
  ]);
});

test('two wakers at once, in step with each other, wake every job once', async () => {
  const waker = arrange();
  const results = await Promise.all([wake(waker), wake(waker), wake(waker)]);
  expect(results).toEqual([true, true, true]);
  expect([...waker.reruns].sort()).toEqual(ALL);
});
