import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addJob, addPull, addRepository, addRun, type Repository as Simulated } from '../../simulator/github/index.ts';
import { createRepository } from '../../src/adapters/repository.ts';
import type { Repository } from '../../src/ports/github.ts';
import { type Site, startSite } from './github.ts';

const SHA = 'a'.repeat(40);
const OLD = 'c'.repeat(40);

let site: Site;
let simulated: Simulated;
let repository: Repository;

beforeEach(async () => {
  site = await startSite();
  simulated = addRepository(site.state, 'octo/evals');
  repository = createRepository({ ...access(), runId: 5, runAttempt: 2, runnerName: 'r1' });
});

function access() {
  const { octokit, clock } = site;
  return { octokit, owner: 'octo', repo: 'evals', clock };
}

afterEach(async () => {
  await site.server.stop();
  expect(site.server.errors).toEqual([]);
  expect(site.state.errors).toEqual([]);
});

describe('pull requests', () => {
  beforeEach(() => {
    const add = (number: number, more: { state?: 'closed'; headRepository?: string; headBranch?: string }) =>
      addPull(site.state, simulated, { number, headSha: SHA, headBranch: 'topic', commits: [OLD], ...more });
    add(1, {});
    add(2, { state: 'closed' });
    add(3, { headRepository: 'fork/evals' });
    add(4, { headBranch: 'other' });
  });

  test('of a commit: open ones only', async () => {
    const pulls = await repository.pullRequestsOfCommit(OLD);
    expect(pulls.map(({ number }) => number).sort()).toEqual([1, 3, 4]);
    expect(pulls.find(({ number }) => number === 3)).toEqual({
      number: 3,
      headSha: SHA,
      headRepository: 'fork/evals',
      headBranch: 'topic',
      baseBranch: 'main',
    });
  });

  test('by its number: an open one only', async () => {
    expect((await repository.pullRequest(4))?.headBranch).toBe('other');
    expect(await repository.pullRequest(2)).toBeUndefined();
    await expect(repository.pullRequest(9)).rejects.toMatchObject({ kind: 'gone' });
  });

  test.each([
    ['octo', 'topic', [1]],
    ['fork', 'topic', [3]],
    ['octo', 'none', []],
  ])('of the branch %s:%s', async (owner, branch, numbers) => {
    const pulls = await repository.pullRequestsOfBranch(owner, branch);
    expect(pulls.map(({ number }) => number)).toEqual(numbers);
  });

  test('over all pages', async () => {
    for (let number = 10; number < 220; number += 1) {
      addPull(site.state, simulated, { number, headSha: OLD, headBranch: 'many', baseBranch: `base-${number}` });
    }
    expect(await repository.pullRequestsOfBranch('octo', 'many')).toHaveLength(210);
  });
});

test('when the run was created, whatever the attempt', async () => {
  await expect(repository.runCreatedAt()).rejects.toMatchObject({ kind: 'gone' });
  const createdAtMs = Date.parse('2026-11-22T10:30:00Z');
  addRun(simulated, { id: 5, headBranch: 'topic', headSha: SHA, createdAtMs });
  expect(await repository.runCreatedAt()).toBe(createdAtMs);
});

describe('jobStartedAt', () => {
  const STARTED = Date.parse('2026-11-22T11:00:00Z');
  const job = { name: 'evals', startedAtMs: STARTED, attempt: 2, runnerName: 'r1' } as const;

  test.each([
    ['the one job in progress on this runner', [job], STARTED],
    ['beside others', [{ ...job, runnerName: 'r2' }, job, { ...job, status: 'completed' as const }], STARTED],
    [
      'one of an earlier attempt only',
      [
        { ...job, attempt: 1 },
        { ...job, runnerName: 'r2' },
      ],
      undefined,
    ],
    ['two on runners of one name', [job, job], undefined],
    ['on the second page', [...Array.from({ length: 120 }, () => ({ ...job, runnerName: 'r2' })), job], STARTED],
    ['none', [{ ...job, status: 'queued' as const }], undefined],
  ])('%s', async (_, jobs, expected) => {
    const run = addRun(simulated, { id: 5, headBranch: 'topic', headSha: SHA });
    for (const each of jobs) addJob(site.state, run, each);
    expect(await repository.jobStartedAt()).toBe(expected);
  });

  test('its ID, and both with one list', async () => {
    const run = addRun(simulated, { id: 5, headBranch: 'topic', headSha: SHA });
    addJob(site.state, run, { ...job, runnerName: 'r2' });
    expect(await repository.jobId()).toBeUndefined();
    const { id } = addJob(site.state, run, job);
    const other = createRepository({ ...access(), runId: 5, runAttempt: 2, runnerName: 'r1' });
    const before = site.server.exchanges.length;
    expect([await other.jobStartedAt(), await other.jobId()]).toEqual([STARTED, id]);
    expect(site.server.exchanges.length).toBe(before + 1);
  });

  test('without the permission: refused', async () => {
    site.state.tokens.set('ghs_test', { login: 'github-actions[bot]', permissions: {} });
    addRun(simulated, { id: 5, headBranch: 'topic', headSha: SHA });
    await expect(repository.jobStartedAt()).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(repository.jobId()).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
