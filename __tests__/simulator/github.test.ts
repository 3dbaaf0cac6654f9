import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  addComment,
  addIssue,
  addJob,
  addPull,
  addRepository,
  addRun,
  createGitHub,
  type Repository,
  secondaryRateLimit,
  serverUrl,
  type Token,
} from '../../simulator/github/index.ts';
import { createResults, makeRuntimeToken } from '../../simulator/results/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { startToolkit, type Toolkit } from './toolkit.ts';

const SHA = 'a'.repeat(40);
const OLD_SHA = 'c'.repeat(40);
let now = Date.UTC(2026, 10, 22, 10);
const results = createResults({ now: () => now });
const { handler, state } = createGitHub({ results: results.state, now: () => now });
let server: Server;
let toolkit: Toolkit;
let folder: string;
let repository: Repository;
let fork: Repository;

beforeAll(async () => {
  server = await startServer({ handlers: [handler, results.handler] });
  folder = await mkdtemp(join(tmpdir(), 'github-'));
  toolkit = startToolkit({
    GITHUB_API_URL: `${server.origin}/api/v3`,
    GITHUB_SERVER_URL: serverUrl(server.origin),
    GITHUB_WORKSPACE: folder,
    ACTIONS_RESULTS_URL: server.origin,
  });
});

beforeEach(() => {
  state.repositories.clear();
  state.tokens.clear();
  state.errors.length = 0;
  state.onRerun = undefined;
  server.errors.length = 0;
  server.faults.length = 0;
  results.state.artifacts.length = 0;
  repository = addRepository(state, 'octo-org/evals');
  fork = addRepository(state, 'someone/evals');
  addPull(state, repository, { number: 7, headBranch: 'topic', headSha: SHA, commits: [OLD_SHA] });
  addPull(state, repository, { number: 8, headBranch: 'topic', headSha: SHA, headRepository: 'someone/evals' });
  addPull(state, repository, { number: 9, headBranch: 'old', headSha: OLD_SHA, state: 'closed' });
  addIssue(state, repository, { number: 10 });
  allow({ issues: 'write', 'pull-requests': 'write', actions: 'write', contents: 'read' });
});

afterAll(async () => {
  await toolkit.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

function allow(permissions: Token['permissions'], login = 'github-actions[bot]') {
  state.tokens.set('ghs_test', { login, permissions });
}

type Data = { body: string; id: number; message: string; errors: unknown } & Record<string, unknown>;

/** One call by octokit in the repository above. */
async function rest(route: string, parameters: Record<string, unknown> = {}, token = 'ghs_test') {
  const all = { ...(route.includes('{repo}') ? { owner: 'octo-org', repo: 'evals' } : {}), ...parameters };
  const reply = await toolkit.call('request', { token, route, parameters: all });
  return { ...reply, data: reply.data as Data };
}

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const create = (body: string, issue_number = 7) => rest(`POST ${COMMENTS}`, { issue_number, body });

describe('comments', () => {
  test('live: created, read, edited, removed', async () => {
    const created = await create('Hello — 100 €');
    const { id } = created.data;
    expect(created).toMatchObject({
      status: 201,
      data: {
        body: 'Hello — 100 €',
        user: { login: 'github-actions[bot]', type: 'Bot' },
        html_url: `${serverUrl(server.origin)}/octo-org/evals/pull/7#issuecomment-${id}`,
        issue_url: `${server.origin}/api/v3/repos/octo-org/evals/issues/7`,
        created_at: '2026-11-22T10:00:00Z',
      },
    });
    now += 60_000;
    await rest(`PATCH ${COMMENT}`, { comment_id: id, body: 'Bye' });
    expect((await rest(`GET ${COMMENT}`, { comment_id: id })).data).toMatchObject({
      body: 'Bye',
      created_at: '2026-11-22T10:00:00Z',
      updated_at: '2026-11-22T10:01:00Z',
    });
    expect((await rest(`DELETE ${COMMENT}`, { comment_id: id })).status).toBe(204);
    expect((await rest(`GET ${COMMENT}`, { comment_id: id })).status).toBe(404);
    expect(repository.comments).toEqual([]);
    now -= 60_000;
  });

  test('are listed oldest first, page by page, those of one conversation alone', async () => {
    addComment(state, repository, { conversation: 10, author: 'octocat', body: 'elsewhere' });
    for (let i = 0; i < 205; i += 1)
      addComment(state, repository, { conversation: 7, author: 'octocat', body: `no. ${i}` });
    const token = 'ghs_test';
    const parameters = { owner: 'octo-org', repo: 'evals', issue_number: 7, per_page: 500 };
    const all = (await toolkit.call('paginate', { token, route: `GET ${COMMENTS}`, parameters })) as Data[];
    expect([all.length, all[0]?.body, all.at(-1)?.body]).toEqual([205, 'no. 0', 'no. 204']);
    const most = await rest(`GET ${COMMENTS}`, { issue_number: 7, per_page: 500 });
    expect((most.data as unknown as Data[]).length).toBe(100);
    const first = await rest(`GET ${COMMENTS}`, { issue_number: 7 });
    expect((first.data as unknown as Data[]).length).toBe(30);
    const url = `${server.origin}/api/v3/repos/octo-org/evals/issues/7/comments`;
    expect(first.headers['link']).toBe(`<${url}?page=2>; rel="next", <${url}?page=7>; rel="last"`);
    expect((await rest(`GET ${COMMENTS}`, { issue_number: 7, page: 9 })).data).toEqual([]);
    const since = async (time: string) => {
      const { data } = await rest(`GET ${COMMENTS}`, { issue_number: 10, since: time });
      return (data as unknown as Data[]).map(({ body }) => body);
    };
    expect(await since('2026-11-22T10:00:00Z')).toEqual(['elsewhere']);
    expect(await since('2026-11-22T10:00:01Z')).toEqual([]);
  });

  test.each([
    ['x'.repeat(65_536), 201],
    ['🙂'.repeat(65_536), 201],
    ['x'.repeat(65_537), 422],
    [' \n', 422],
  ])('have a length (row %#)', async (body, status) => {
    const reply = await create(body);
    expect(reply.status).toBe(status);
  });

  test('too long are refused in GitHub’s words, new and edited', async () => {
    const { id } = (await create('short')).data;
    const refusal = {
      status: 422,
      data: {
        message: 'Validation Failed',
        errors: [
          {
            resource: 'IssueComment',
            code: 'unprocessable',
            field: 'data',
            message: 'Body is too long (maximum is 65536 characters)',
          },
        ],
      },
    };
    expect(await create('x'.repeat(70_000))).toMatchObject(refusal);
    expect(await rest(`PATCH ${COMMENT}`, { comment_id: id, body: 'x'.repeat(70_000) })).toMatchObject(refusal);
    expect(repository.comments.map(({ body }) => body)).toEqual(['short']);
  });

  test('are not taken by a locked conversation', async () => {
    addIssue(state, repository, { number: 11, locked: true });
    const reply = await create('hello', 11);
    expect([reply.status, reply.data.message]).toEqual([403, 'Unable to create comment because issue is locked.']);
  });
});

describe('permissions', () => {
  const both = 'issues=write; pull_requests=write';
  test.each<[string, Token['permissions'], number, number, string?]>([
    ['none', {}, 7, 403, both],
    ['reading alone', { issues: 'read', 'pull-requests': 'read' }, 7, 403, both],
    ['of pull requests, on a pull request', { 'pull-requests': 'write' }, 7, 201],
    ['of issues, on a pull request', { issues: 'write' }, 7, 201],
    ['of pull requests, on an issue', { 'pull-requests': 'write' }, 10, 403, 'issues=write'],
    ['of issues, on an issue', { issues: 'write' }, 10, 201],
  ])('to comment: %s', async (_, permissions, number, status, ...accepted) => {
    allow(permissions);
    const reply = await create('hello', number);
    expect(reply.status).toBe(status);
    if (status === 201) return;
    expect(reply.data).toEqual({
      message: 'Resource not accessible by integration',
      documentation_url: 'https://docs.github.com/rest/issues/comments#create-an-issue-comment',
      status: '403',
    });
    expect(reply.headers['x-accepted-github-permissions']).toBe(accepted[0]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['GET /repos/{owner}/{repo}/pulls', {}],
    ['GET /repos/{owner}/{repo}/commits/{sha}/pulls', { sha: SHA }],
    ['GET /repos/{owner}/{repo}/issues/{n}', { n: 10 }],
    [`GET ${COMMENTS}`, { issue_number: 7 }],
    ['GET /repos/{owner}/{repo}/actions/artifacts', {}],
    ['GET /repos/{owner}/{repo}/actions/runs/{run}/artifacts', { run: 5 }],
    ['GET /repos/{owner}/{repo}/actions/runs/{run}/jobs', { run: 5 }],
  ])('to read a private repository are needed, a public one none: %s', async (route, parameters) => {
    allow({});
    addRun(repository, { id: 5, headBranch: 'topic', headSha: SHA });
    expect((await rest(route, parameters)).status).toBe(403);
    const open = addRepository(state, 'octo-org/evals', { isPrivate: false });
    addRun(open, { id: 5, headBranch: 'topic', headSha: SHA });
    for (const number of [7, 10]) addIssue(state, open, { number });
    expect((await rest(route, parameters)).status).toBe(200);
    expect(server.errors).toEqual([]);
  });

  test('a token that is none is a 401', async () => {
    const reply = await rest(`GET ${COMMENTS}`, { issue_number: 7 }, 'ghs_other');
    expect([reply.status, reply.data.message]).toEqual([401, 'Bad credentials']);
  });

  test('the workflow’s token cannot ask who it is by REST, but by GraphQL', async () => {
    expect((await rest('GET /user')).data.message).toBe('Resource not accessible by integration');
    expect(await toolkit.call('graphql', { token: 'ghs_test', query: 'query{viewer{login}}' })).toEqual({
      viewer: { login: 'github-actions[bot]' },
    });
    allow({}, 'octocat');
    expect((await rest('GET /user')).data['login']).toBe('octocat');
  });
});

describe('pull requests', () => {
  test.each<[string, Record<string, unknown>, number[]]>([
    ['pulls', {}, [8, 7]],
    ['pulls', { state: 'all' }, [9, 8, 7]],
    ['pulls', { state: 'closed' }, [9]],
    ['pulls', { head: 'octo-org:topic' }, [7]],
    ['pulls', { head: 'someone:topic' }, [8]],
    ['pulls', { head: 'topic' }, [8, 7]],
    ['pulls', { base: 'release' }, []],
    [`commits/${SHA}/pulls`, {}, [7, 8]],
    [`commits/${OLD_SHA}/pulls`, {}, [7, 9]],
    [`commits/${'0'.repeat(40)}/pulls`, {}, []],
  ])('%s %j', async (path, parameters, numbers) => {
    const { data } = await rest(`GET /repos/{owner}/{repo}/${path}`, parameters);
    expect((data as unknown as Data[]).map(({ number }) => number)).toEqual(numbers);
  });

  test('say where their head is', async () => {
    const { data } = await rest('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: 8 });
    expect(data).toMatchObject({
      number: 8,
      state: 'open',
      locked: false,
      head: { ref: 'topic', sha: SHA, label: 'someone:topic', repo: { full_name: 'someone/evals' } },
      base: { ref: 'main', repo: { full_name: 'octo-org/evals' } },
      html_url: `${serverUrl(server.origin)}/octo-org/evals/pull/8`,
    });
    expect(JSON.stringify(data)).not.toContain('https://github.com');
    expect(JSON.stringify(data)).not.toContain('Codertocat');
  });

  test('are issues too, and issues no pull requests', async () => {
    const issue = async (issue_number: number) =>
      (await rest('GET /repos/{owner}/{repo}/issues/{issue_number}', { issue_number })).data;
    expect(await issue(7)).toMatchObject({ number: 7, pull_request: { merged_at: null } });
    expect(await issue(10)).not.toHaveProperty('pull_request');
    expect((await rest('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: 10 })).status).toBe(404);
  });
});

describe('actions', () => {
  test('jobs of a run, by attempt', async () => {
    const run = addRun(repository, { id: 5, headBranch: 'topic', headSha: SHA });
    const started = Date.UTC(2026, 10, 22, 9, 59, 30, 500);
    addJob(state, run, { name: 'evals', startedAtMs: started, attempt: 1, status: 'completed', conclusion: 'failure' });
    addJob(state, run, { name: 'evals', startedAtMs: started, attempt: 2, runnerName: 'GitHub Actions 12' });
    const jobs = async (path: string, parameters = {}) => {
      const { data } = await rest(`GET /repos/{owner}/{repo}/actions/runs/5/${path}`, parameters);
      return (data['jobs'] as Data[]).map(({ status, runner_name, started_at }) => [status, runner_name, started_at]);
    };
    const first = ['completed', null, '2026-11-22T09:59:30Z'];
    const second = ['in_progress', 'GitHub Actions 12', '2026-11-22T09:59:30Z'];
    expect(await jobs('attempts/1/jobs')).toEqual([first]);
    expect(await jobs('attempts/2/jobs')).toEqual([second]);
    expect(await jobs('jobs')).toEqual([second]);
    expect(await jobs('jobs', { filter: 'all' })).toEqual([first, second]);
    expect((await rest('GET /repos/{owner}/{repo}/actions/runs/5/attempts/3/jobs')).status).toBe(404);
  });

  describe('run again', () => {
    const done = { status: 'completed', conclusion: 'success', startedAtMs: now, completedAtMs: now } as const;
    const POST = 'POST /repos/{owner}/{repo}/actions';
    const jobsOf = async (filter: string) => {
      const { data } = await rest('GET /repos/{owner}/{repo}/actions/runs/5/jobs', { filter });
      return (data['jobs'] as Data[]).map(({ name, run_attempt, status }) => `${name} ${run_attempt} ${status}`);
    };
    const statusOfRun = async () => (await rest('GET /repos/{owner}/{repo}/actions/runs/5')).data;

    function addFinished(more: { createdAtMs?: number } = {}) {
      const run = addRun(repository, { id: 5, headBranch: 'topic', headSha: SHA, createdAtMs: now, ...more });
      const lint = addJob(state, run, { name: 'lint', ...done });
      const evals = addJob(state, run, { name: 'evals', ...done, conclusion: 'failure' });
      const report = addJob(state, run, { name: 'report', needs: ['evals'], ...done, conclusion: 'skipped' });
      return { run, lint, evals, report };
    }

    test('a job, and those that need it', async () => {
      const { evals } = addFinished();
      const told: string[] = [];
      state.onRerun = (run, jobs) => told.push(`${run.id}: ${jobs.map(({ name }) => name)}`);
      expect(await statusOfRun()).toMatchObject({ status: 'completed', conclusion: 'failure', run_attempt: 1 });
      expect((await rest(`${POST}/jobs/{id}/rerun`, { id: evals.id })).status).toBe(201);
      expect(await statusOfRun()).toMatchObject({ status: 'in_progress', conclusion: null, run_attempt: 2 });
      expect(await jobsOf('latest')).toEqual(['lint 1 completed', 'evals 2 queued', 'report 2 queued']);
      expect(await jobsOf('all')).toHaveLength(5);
      expect(told).toEqual(['5: evals,report']);
      expect((await rest('GET /repos/{owner}/{repo}/actions/jobs/{id}', { id: evals.id })).data).toMatchObject({
        run_id: 5,
        run_attempt: 1,
        conclusion: 'failure',
      });
    });

    test.each([
      ['the failed ones', 'rerun-failed-jobs', ['lint 1 completed', 'evals 2 queued', 'report 2 queued']],
      ['all', 'rerun', ['lint 2 queued', 'evals 2 queued', 'report 2 queued']],
    ])('%s', async (_, path, expected) => {
      addFinished();
      expect((await rest(`${POST}/runs/5/${path}`)).status).toBe(201);
      expect(await jobsOf('latest')).toEqual(expected);
    });

    test.each<[string, (made: ReturnType<typeof addFinished>) => void]>([
      ['while the run is in progress', ({ lint }) => Object.assign(lint, { status: 'in_progress' })],
      ['while the workflow is disabled', ({ run }) => Object.assign(run, { isDisabled: true })],
      ['after a month', ({ run }) => Object.assign(run, { createdAtMs: now - 31 * 86_400_000 })],
      ['more than 50 times', ({ evals }) => Object.assign(evals, { attempt: 51 })],
      ['without permission', () => allow({ actions: 'read' })],
    ])('never %s', async (_, spoil) => {
      const made = addFinished();
      spoil(made);
      expect((await rest(`${POST}/jobs/{id}/rerun`, { id: made.evals.id })).status).toBe(403);
      expect(made.run.jobs).toHaveLength(3);
    });
  });

  test('artifacts of other runs are found and downloaded by the artifact client', async () => {
    addRun(repository, { id: 5, headBranch: 'topic', headSha: SHA, headRepository: fork.fullName });
    addRun(repository, { id: 6, headBranch: 'topic', headSha: SHA });
    const file = join(folder, 'a.txt');
    await writeFile(file, 'alpha');
    const upload = (name: string, run: number) =>
      toolkit.call(
        'upload',
        { name, files: [file], root: folder },
        { ACTIONS_RUNTIME_TOKEN: makeRuntimeToken(run, 1) },
      );
    const { id, digest } = await upload('evals', 5);
    await upload('other', 5);
    await upload('evals', 6);

    const list = async (path: string, parameters = {}) => {
      const { data } = await rest(`GET /repos/{owner}/{repo}/actions/${path}`, parameters);
      return (data['artifacts'] as { name: string; workflow_run: { id: number } }[]).map(
        ({ name, workflow_run }) => `${workflow_run.id} ${name}`,
      );
    };
    expect(await list('artifacts')).toEqual(['6 evals', '5 other', '5 evals']);
    expect(await list('artifacts', { name: 'evals' })).toEqual(['6 evals', '5 evals']);
    expect(await list('artifacts', { name: 'eval' })).toEqual([]);
    expect(await list('runs/5/artifacts', { name: 'evals' })).toEqual(['5 evals']);

    const findBy = { token: 'ghs_test', workflowRunId: 5, repositoryOwner: 'octo-org', repositoryName: 'evals' };
    const found = await toolkit.call('get', { name: 'evals', findBy });
    expect(found.artifact).toMatchObject({ id, digest: `sha256:${digest}` });
    const path = join(folder, 'there');
    await toolkit.call('download', { id: id ?? 0, path, findBy });
    expect(await readdir(path)).toEqual(['a.txt']);

    now += 91 * 86_400_000;
    const expired = await rest('GET /repos/{owner}/{repo}/actions/artifacts/{id}', { id });
    expect(expired.data['expired']).toBe(true);
    expect(expired.data['workflow_run']).toEqual({
      id: 5,
      head_branch: 'topic',
      head_sha: SHA,
      repository_id: repository.id,
      head_repository_id: fork.id,
    });
    expect((await rest('GET /repos/{owner}/{repo}/actions/artifacts/{id}/zip', { id })).status).toBe(410);
    now -= 91 * 86_400_000;
    expect((await rest('DELETE /repos/{owner}/{repo}/actions/artifacts/{id}', { id })).status).toBe(204);
    expect(await list('runs/5/artifacts')).toEqual(['5 other']);
    expect(
      createHash('sha256')
        .update(results.state.artifacts[0]?.blob.bytes ?? '')
        .digest('hex'),
    ).toBe(results.state.artifacts[0]?.digest);
  });
});

describe('GitHub’s description', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['a body without its text', `POST ${COMMENTS}`, { issue_number: 7 }],
    ['a body of another type', `POST ${COMMENTS}`, { issue_number: 7, body: 5 }],
    ['a state that is none', 'GET /repos/{owner}/{repo}/pulls', { state: 'opened' }],
    ['a page that is no number', 'GET /repos/{owner}/{repo}/pulls', { page: 'two' }],
    ['a word of the query that it does not know', 'GET /repos/{owner}/{repo}/pulls', { filter: 'all' }],
  ])('refuses and remembers %s', async (_, route, parameters) => {
    expect((await rest(route, parameters)).status).toBe(422);
    expect(state.errors.length).toBe(1);
  });

  test('a route that is none is remembered', async () => {
    expect((await rest('GET /repos/{owner}/{repo}/stargazers')).status).toBe(404);
    expect(state.errors).toEqual(['the simulator has no route GET /repos/octo-org/evals/stargazers']);
  });

  test('an answer that GitHub would not give is a fault of the simulator', async () => {
    addComment(state, repository, { conversation: 7, author: 'octocat', body: 5 as unknown as string });
    expect((await rest(`GET ${COMMENTS}`, { issue_number: 7 })).status).toBe(500);
    expect(server.errors).toMatchObject([{ message: expect.stringContaining('body must be string') }]);
  });

  test('what is not there is a 404, and no fault', async () => {
    expect((await rest(`GET ${COMMENTS}`, { issue_number: 99 })).status).toBe(404);
    expect((await rest('GET /repos/{owner}/{repo}/pulls', { repo: 'none' })).status).toBe(404);
    expect([state.errors, server.errors]).toEqual([[], []]);
  });
});

test('a secondary rate limit is a fault of the transport', async () => {
  server.faults.push({
    method: 'POST',
    path: /\/comments$/,
    does: { kind: 'answer', response: secondaryRateLimit(3) },
  });
  const limited = await create('hello');
  expect([limited.status, limited.headers['retry-after'], repository.comments]).toEqual([403, '3', []]);
  expect((await create('hello')).status).toBe(201);
});
