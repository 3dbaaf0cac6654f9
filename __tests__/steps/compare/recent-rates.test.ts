import { beforeEach, expect, test } from '@jest/globals';
import type { GitHubContext } from '../../../src/core/inputs/context.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import { recentRates } from '../../../src/steps/compare/recent-rates.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { begin, leaveGrades, on, onPullRequest } from './world.ts';

let fakes: Fakes;
beforeEach(() => {
  fakes = createFakes();
});

async function rates(context: GitHubContext = on('schedule')): Promise<unknown> {
  const { run } = await begin(fakes, {}, context);
  return (await recentRates(run)).map(({ runId, passRate, graded }) => [runId, passRate, graded]);
}

const rated = (passRate: number | null, graded = 2) => ({ measured: { passRate, graded } });

test('of the last runs on this branch, the oldest first', async () => {
  leaveGrades(fakes, 12, { ...rated(0.8), ageDays: 1 });
  leaveGrades(fakes, 10, { ...rated(0.9, 1), ageDays: 3 });
  leaveGrades(fakes, 11, { ...rated(1), ageDays: 2 });
  const expected = [
    [10, 0.9, 1],
    [11, 1, 2],
    [12, 0.8, 2],
  ];
  expect(await rates()).toEqual(expected);
  expect(await rates(on('push'))).toEqual(expected);
  expect([...fakes.files.disk.keys()]).toEqual([]);
});

test('at most ten', async () => {
  for (let day = 1; day <= 25; day += 1) leaveGrades(fakes, 100 - day, { ...rated(0.5), ageDays: day });
  expect((await rates()) as unknown[]).toHaveLength(10);
});

test.each([
  ['of a fork', { ...rated(0.5), listed: { isFromFork: true } }],
  ['expired', { ...rated(0.5), listed: { isExpired: true } }],
  ['of another branch', { measured: { ...rated(0.5).measured, ref: 'refs/heads/topic' } }],
  ['of a pull request', { measured: { ...rated(0.5).measured, pullRequest: 7 } }],
  ['of another evaluation', { measured: { ...rated(0.5).measured, name: 'other' } }],
  ['that did not come to its end', { measured: { ...rated(0.5).measured, complete: false } }],
  ['edited', { ...rated(0.5), spoil: (text: string) => text.replace('0.5', '0.9') }],
  ['without a graded case', rated(null, 0)],
  ['of an older version', {}],
  ['of this run', { ...rated(0.5), listed: { runId: 99 } }],
])('none %s', async (_, left) => {
  leaveGrades(fakes, 12, left);
  expect(await rates()).toEqual([]);
});

test('none for a pull request, and none where GitHub refuses', async () => {
  leaveGrades(fakes, 12, rated(0.5));
  expect(await rates(onPullRequest())).toEqual([]);
  fakes.runArtifactState.failOn('list', new GitHubError('forbidden', { code: 'quoted', text: 'no' }));
  expect(await rates()).toEqual([]);
});
