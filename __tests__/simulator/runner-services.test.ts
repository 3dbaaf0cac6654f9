import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { addPull } from '../../simulator/github/index.ts';
import {
  readOnlyToken,
  type SimulatedRun,
  type Simulator,
  type SimulatorOptions,
  simulatedKey,
  simulatedToken,
  startSimulator,
} from '../../simulator/index.ts';

/** An action that calls every service with what it was given and puts out what it saw. */
const visitor = `
import fs from 'node:fs';
const env = process.env;
const seen = {};
const ask = async (name, url, options) => {
  const response = await fetch(url, options);
  const body = await response.text();
  seen[name] = response.status;
  return body;
};
const anthropic = { 'x-api-key': env['INPUT_ANTHROPIC-API-KEY'], 'anthropic-version': '2026-10-21' };
await ask('anthropic', env['INPUT_ANTHROPIC-BASE-URL'] + '/v1/models', { headers: anthropic });
const event = JSON.parse(fs.readFileSync(env.GITHUB_EVENT_PATH));
const repository = env.GITHUB_API_URL + '/repos/' + env.GITHUB_REPOSITORY;
const github = { authorization: 'Bearer ' + env['INPUT_GITHUB-TOKEN'], 'content-type': 'application/json' };
if (event.number) {
  await ask('pull', repository + '/pulls/' + event.number, { headers: github });
  const comment = { method: 'POST', body: '{"body":"hi"}', headers: github };
  await ask('comment', repository + '/issues/' + event.number + '/comments', comment);
}
const jobs = JSON.parse(await ask('jobs', repository + '/actions/runs/' + env.GITHUB_RUN_ID + '/jobs', { headers: github }));
seen.job = jobs.jobs.map((job) => [job.name, job.status, job.runner_name, job.head_sha].join());
const list = env.ACTIONS_RESULTS_URL + 'twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts';
const scope = JSON.parse(Buffer.from(env.ACTIONS_RUNTIME_TOKEN.split('.')[1], 'base64url')).scp.split('Actions.Results:')[1].split(':');
const body = JSON.stringify({ workflow_run_backend_id: scope[0], workflow_job_run_backend_id: scope[1] });
await ask('results', list, { method: 'POST', body, headers: { authorization: 'Bearer ' + env.ACTIONS_RUNTIME_TOKEN, 'content-type': 'application/json' } });
const entry = env.ACTIONS_RESULTS_URL + 'twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry';
const runtime = { authorization: 'Bearer ' + env.ACTIONS_RUNTIME_TOKEN, 'content-type': 'application/json' };
seen.cached = JSON.parse(await ask('cache', entry, { method: 'POST', body: '{"key":"k","version":"v"}', headers: runtime })).ok;
if (env.ACTIONS_ID_TOKEN_REQUEST_URL) {
  const token = { authorization: 'Bearer ' + env.ACTIONS_ID_TOKEN_REQUEST_TOKEN };
  const { value } = JSON.parse(await ask('identity', env.ACTIONS_ID_TOKEN_REQUEST_URL + '&audience=aud', { headers: token }));
  const exchange = {
    method: 'POST',
    headers: { 'anthropic-beta': 'oidc-federation-2026-04-01' },
    body: JSON.stringify({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: value,
      federation_rule_id: 'fdrl_1',
      organization_id: 'org',
    }),
  };
  await ask('exchange', env['INPUT_ANTHROPIC-BASE-URL'] + '/v1/oauth/token', exchange);
  await ask('exchangeAgain', env['INPUT_ANTHROPIC-BASE-URL'] + '/v1/oauth/token', exchange);
}
console.log(env['INPUT_ANTHROPIC-API-KEY'], env['INPUT_GITHUB-TOKEN'], env.ACTIONS_RUNTIME_TOKEN);
fs.appendFileSync(env.GITHUB_OUTPUT, 'seen=' + JSON.stringify(seen) + '\\n');
`;

let action = '';
beforeAll(() => {
  action = mkdtempSync(join(tmpdir(), 'claude-batch-action-'));
  writeFileSync(join(action, 'main.mjs'), visitor);
  const inputs = [
    'anthropic-api-key: {}',
    'anthropic-base-url: {}',
    "github-token: { default: '${{ github.token }}' }",
  ];
  writeFileSync(
    join(action, 'action.yml'),
    ['runs: { using: node24, main: main.mjs }', 'inputs:', ...inputs.map((line) => `  ${line}`)].join('\n'),
  );
});
afterAll(() => rmSync(action, { recursive: true }));

const started: Simulator[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) {
    expect([one.errors, one.github.errors]).toEqual([[], []]);
    await one.stop();
  }
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  started.push(simulator);
  return simulator;
}

test('a run for a pull request finds every service under its address', async () => {
  const rule = { ruleId: 'fdrl_1', organizationId: 'org', workspace: 'w', audience: 'aud', lifetimeSeconds: 600 };
  const simulator = await start({ anthropic: { federation: [rule] } });
  const headSha = 'a'.repeat(40);
  addPull(simulator.github, simulator.repository, { number: 7, headSha, headBranch: 'topic' });
  const result = await simulator.run({ action, pullRequest: 7, idToken: true });
  expect(result.conclusion).toBe('success');
  expect(JSON.parse(result.outputs.get('seen') ?? '{}')).toEqual({
    anthropic: 200,
    pull: 200,
    comment: 201,
    jobs: 200,
    job: [`evals,in_progress,GitHub Actions 2,${headSha}`],
    results: 200,
    cache: 200,
    cached: true,
    identity: 200,
    exchange: 200,
    exchangeAgain: 401,
  });
  expect(result.log).toBe('*** *** ***\n');
  expect(simulator.repository.comments.map((comment) => comment.author)).toEqual(['github-actions[bot]']);
  const jobs = [...simulator.repository.runs.values()].flatMap((run) => run.jobs.map((job) => job.conclusion));
  expect(jobs).toEqual(['success']);
});

test('a fork has no key and may only read', async () => {
  const simulator = await start();
  const from = { headSha: 'b'.repeat(40), headBranch: 'main', headRepository: 'someone/evals' };
  addPull(simulator.github, simulator.repository, { number: 8, ...from });
  const result = await simulator.run({ action, pullRequest: 8 });
  expect(JSON.parse(result.outputs.get('seen') ?? '{}')).toMatchObject({ anthropic: 401, pull: 200, comment: 403 });
  expect(result.rawLog).toContain(readOnlyToken);
});

test('a push has a run of its own each time, and handlers of the test come first', async () => {
  const teapot = ({ path }: { path: string }) => (path === '/v1/models' ? { status: 418 } : undefined);
  const simulator = await start({ handlers: [teapot], repository: 'o/r' });
  const results = [
    await simulator.run({ action }),
    await simulator.run({ action, inputs: { 'anthropic-api-key': 'x' } }),
  ];
  expect(results.map((result) => JSON.parse(result.outputs.get('seen') ?? '{}').anthropic)).toEqual([418, 418]);
  expect(results.map((result) => result.rawLog.split(' ').slice(0, 2))).toEqual([
    [simulatedKey, simulatedToken],
    ['x', simulatedToken],
  ]);
  expect(simulator.repository.runs.size).toBe(2);
});

const QUEUED = 'refs/heads/gh-readonly-queue/main/pr-7-b';
const after = (headRepository: string): SimulatedRun => ({
  job: { eventName: 'workflow_run', payload: { workflow_run: { head_repository: { full_name: headRepository } } } },
});

test.each<[name: string, given: SimulatedRun, refs: string[]]>([
  ['a push', {}, ['refs/heads/main']],
  ['a push to a branch', { job: { ref: 'refs/heads/topic' } }, ['refs/heads/topic']],
  ['a pull request', { pullRequest: 7 }, ['refs/pull/7/merge']],
  ['a pull request from a fork', { pullRequest: 8 }, ['refs/pull/8/merge']],
  ['a comment, whose run may only read', { job: { eventName: 'issue_comment' } }, []],
  ['a pull request that runs in the name of its base', { job: { eventName: 'pull_request_target' } }, []],
  ['a run after that of a fork', after('someone/evals'), []],
  ['a run after one of the repository', after('octo-org/evals'), ['refs/heads/main']],
  ['a merge group', { job: { eventName: 'merge_group', ref: QUEUED } }, [QUEUED]],
  ['a push that was told to read only', { cache: 'read' }, []],
  ['a comment that may write after all', { job: { eventName: 'issue_comment' }, cache: 'write' }, ['refs/heads/main']],
])('the cache entries of %s', async (_, given, refs) => {
  const simulator = await start();
  const from = { headSha: 'b'.repeat(40), headBranch: 'topic' };
  addPull(simulator.github, simulator.repository, { number: 7, ...from });
  addPull(simulator.github, simulator.repository, { number: 8, ...from, headRepository: 'someone/evals' });
  const result = await simulator.run({ action, ...given });
  expect(JSON.parse(result.outputs.get('seen') ?? '{}').cached).toBe(refs.length === 1);
  expect(simulator.results.caches.map(({ ref }) => ref)).toEqual(refs);
});

test('time goes by the clock that is given, for all services', async () => {
  const now = Date.UTC(2031, 0, 1);
  const simulator = await start({ now: () => now });
  await simulator.run({ action });
  const jobs = [...simulator.repository.runs.values()].flatMap((run) => run.jobs);
  expect(jobs.map(({ startedAtMs, completedAtMs }) => [startedAtMs, completedAtMs])).toEqual([[now, now]]);
});

test('a watcher of the test sees what the action asks for', async () => {
  const simulator = await start();
  const seen: string[] = [];
  simulator.watchers.push((stage, { path }) => {
    if (stage === 'handled') seen.push(path);
    return 'go-on';
  });
  await simulator.run({ action });
  expect(seen.slice(0, 2)).toEqual(['/v1/models', expect.stringMatching(/\/actions\/runs\/\d+\/jobs$/)]);
});
