import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addJob, addRepository, addRun, type Job, type Repository, type Run } from '../../simulator/github/index.ts';
import { json } from '../../simulator/wire.ts';
import { createWorkflowRuns } from '../../src/adapters/wake/workflow-runs.ts';
import { GitHubError, type WorkflowRuns } from '../../src/ports/github.ts';
import { type Site, startSite } from './github.ts';

const HEAD = { headBranch: 'topic', headSha: 'a'.repeat(40) };

let site: Site;
let repository: Repository;
let runs: WorkflowRuns;
let run: Run;
let job: Job;

const connect = (maxCalls = 300): WorkflowRuns =>
  createWorkflowRuns({ octokit: site.octokit, clock: site.clock, owner: 'octo', repo: 'evals', maxCalls });

beforeEach(async () => {
  site = await startSite({ permissions: { actions: 'write' } });
  repository = addRepository(site.state, 'octo/evals');
  runs = connect();
  const now = site.clock.date();
  run = addRun(repository, { id: 5, ...HEAD, createdAtMs: now });
  job = addJob(site.state, run, {
    name: 'evals',
    startedAtMs: now,
    completedAtMs: now,
    status: 'completed',
    conclusion: 'failure',
  });
});

afterEach(async () => {
  await site.server.stop();
  expect([site.server.errors, site.state.errors]).toEqual([[], []]);
});

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof GitHubError ? error.kind : error),
  );

describe('reads', () => {
  test('a run', async () => {
    const read = {
      id: 5,
      attempt: 1,
      isCompleted: true,
      createdAtMs: site.clock.date(),
      isFromFork: false,
      workflowId: expect.any(Number),
      branch: 'topic',
    };
    expect(await runs.run(5)).toEqual(read);
    job.status = 'in_progress';
    expect(await runs.run(5)).toEqual({ ...read, isCompleted: false });
    addRepository(site.state, 'mallory/evals');
    addRun(repository, { id: 6, ...HEAD, headRepository: 'mallory/evals' });
    expect(await runs.run(6)).toMatchObject({ isFromFork: true });
    expect(await refusal(runs.run(7))).toBe('gone');
  });

  test('jobs: one, and every execution of all', async () => {
    const own = { id: job.id, runId: 5, attempt: 1, name: 'evals', isCompleted: true, conclusion: 'failure' };
    expect(await runs.job(job.id)).toMatchObject(own);
    expect(await refusal(runs.job(99))).toBe('gone');
    await runs.rerunJob(job.id, await runs.run(5));
    expect(await runs.jobs(5)).toMatchObject([own, { attempt: 2, name: 'evals', isCompleted: false, conclusion: '' }]);
    for (let i = 0; i < 240; i += 1) addJob(site.state, run, { name: `${i}`, startedAtMs: 0 });
    expect(await runs.jobs(5)).toHaveLength(242);
    for (let i = 0; i < 2_300; i += 1) addJob(site.state, run, { name: `more ${i}`, startedAtMs: 0 });
    expect(await runs.jobs(5)).toBeUndefined();
  });

  test('whether another run of the same workflow and branch is under way, older or newer', async () => {
    const read = await runs.run(5);
    const add = (id: number, more: Parameters<typeof addRun>[1] | object = {}) =>
      addJob(site.state, addRun(repository, { id, ...HEAD, ...more }), { name: 'evals', startedAtMs: 0 });
    const older = add(4);
    expect(await runs.hasOtherUnderway(read)).toBe(true);
    older.status = 'completed';
    add(6, { headBranch: 'other' });
    add(7, { workflowName: 'lint' });
    expect(await runs.hasOtherUnderway(read)).toBe(false);
    const newer = add(8);
    expect(await runs.hasOtherUnderway(read)).toBe(true);
    newer.status = 'completed';
    expect(await runs.hasOtherUnderway(read)).toBe(false);
    const before = runs.calls();
    expect([await runs.hasOtherUnderway({ ...read, branch: '' }), runs.calls()]).toEqual([false, before]);
    // Whatever else comes does not say that there is none.
    for (const body of [{}, { workflow_runs: null }, '<html>']) {
      site.server.faults.push({
        method: 'GET',
        path: /workflows\/\d+\/runs$/,
        does: { kind: 'answer', response: json(200, body) },
      });
      expect(await refusal(runs.hasOtherUnderway(read))).toBe('unavailable');
    }
  });

  test('nothing from an answer of another shape', async () => {
    const answer = (body: unknown) =>
      site.server.faults.push({
        method: 'GET',
        path: /runs\/5$|jobs\/\d+$/,
        does: { kind: 'answer', response: json(200, body) },
      });
    for (const body of [{}, { id: 6 }, '<html>']) {
      answer(body);
      expect(await refusal(runs.run(5))).toBe('unavailable');
      answer(body);
      expect(await refusal(runs.job(job.id))).toBe('unavailable');
    }
  });
});

describe('runs again', () => {
  test('all jobs', async () => {
    addJob(site.state, run, { name: 'lint', startedAtMs: 0, status: 'completed', conclusion: 'success' });
    await runs.rerunAllJobs(await runs.run(5));
    expect(run.jobs.map(({ name, attempt }) => `${name} ${attempt}`)).toEqual([
      'evals 1',
      'lint 1',
      'evals 2',
      'lint 2',
    ]);
  });

  test('a job, or the failed ones', async () => {
    addJob(site.state, run, { name: 'lint', startedAtMs: 0, status: 'completed', conclusion: 'success' });
    await runs.rerunFailedJobs(await runs.run(5));
    expect(run.jobs.map(({ name, attempt }) => `${name} ${attempt}`)).toEqual(['evals 1', 'lint 1', 'evals 2']);
    expect(await refusal(runs.rerunJob(job.id, await runs.run(5)))).toBe('refused');
    expect(run.jobs).toHaveLength(3);
  });

  test.each(['rerunJob', 'rerunFailedJobs', 'rerunAllJobs'] as const)(
    'once, where the answer is lost: %s',
    async (way) => {
      site.server.faults.push({ method: 'POST', path: /rerun/, does: { kind: 'reset-after' } });
      const read = await runs.run(5);
      await (way === 'rerunJob' ? runs.rerunJob(job.id, read) : runs[way](read));
      expect(run.jobs.map(({ attempt }) => attempt)).toEqual([1, 2]);
    },
  );

  test('at the next try, where nothing was done', async () => {
    site.server.faults.push({ method: 'POST', path: /rerun/, does: { kind: 'reset' } });
    await runs.rerunJob(job.id, await runs.run(5));
    expect(run.jobs.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  test('not without permission', async () => {
    const read = await runs.run(5);
    site.state.tokens.set('ghs_test', { login: 'github-actions[bot]', permissions: { actions: 'read' } });
    expect(await refusal(runs.rerunJob(job.id, read))).toBe('forbidden');
    expect(await refusal(runs.rerunFailedJobs(read))).toBe('forbidden');
    expect(await refusal(runs.rerunAllJobs(read))).toBe('forbidden');
    expect(run.jobs).toHaveLength(1);
  });
});

describe('calls', () => {
  test('are counted, also those of other ports and those sent again', async () => {
    await runs.run(5);
    await site.octokit.request('GET /repos/{owner}/{repo}/actions/artifacts', { owner: 'octo', repo: 'evals' });
    site.server.faults.push({ method: 'GET', path: /runs\/5$/, does: { kind: 'reset' } });
    await runs.run(5);
    expect([runs.calls(), site.server.exchanges.length]).toEqual([4, 4]);
  });

  test('end at the limit, at once', async () => {
    const few = connect(2);
    await few.run(5);
    await few.run(5);
    const error = await few.run(5).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'unavailable', reason: { code: 'github-calls-used-up' } });
    expect([few.calls(), site.server.exchanges.length, site.pauses]).toEqual([2, 2, []]);
  });
});
