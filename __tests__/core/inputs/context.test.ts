import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { readContext } from '../../../src/core/inputs/context.ts';

const env = {
  GITHUB_SERVER_URL: 'https://github.example/',
  GITHUB_API_URL: 'https://github.example/api/v3',
  GITHUB_REPOSITORY: 'Codertocat/Hello-World',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_REF: 'refs/heads/main',
  GITHUB_ACTOR: 'octocat',
  GITHUB_WORKFLOW: 'Nightly evals',
  GITHUB_WORKFLOW_REF: 'Codertocat/Hello-World/.github/workflows/evals.yml@refs/heads/main',
  GITHUB_JOB: 'evals',
  GITHUB_ACTION: '__run',
  GITHUB_RUN_ID: '15847390215',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_RUN_NUMBER: '12',
  RUNNER_NAME: 'GitHub Actions 7',
  RUNNER_ENVIRONMENT: 'github-hosted',
  RUNNER_OS: 'Linux',
  RUNNER_ARCH: 'ARM64',
  GITHUB_WORKSPACE: '/repo',
};

test.each([
  [{}, false],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://identity.example' }, false],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://identity.example', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }, true],
])('with %j, the job may ask for an identity token: %s', (more: Record<string, string>, hasIdentity) => {
  expect(read('push', {}, more).hasIdentity).toBe(hasIdentity);
});

function read(event: string, payload: unknown, changes: Readonly<Record<string, string>> = {}) {
  return readContext({ ...env, GITHUB_EVENT_NAME: event, ...changes }, payload);
}

const examples: readonly { name: string; examples: readonly object[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);

/** GitHub's own example of an event. */
function example(event: string): object {
  const found = examples.find(({ name }) => name === event)?.examples[0];
  if (found === undefined) throw new Error(`no example of ${event}`);
  return found;
}

test('the variables of the runner', () => {
  expect(read('push', {})).toEqual({
    serverUrl: 'https://github.example',
    apiUrl: 'https://github.example/api/v3',
    owner: 'Codertocat',
    repo: 'Hello-World',
    event: 'push',
    sha: 'a'.repeat(40),
    ref: 'refs/heads/main',
    branch: 'main',
    actor: 'octocat',
    workflow: 'Nightly evals',
    workflowPath: '.github/workflows/evals.yml',
    job: 'evals',
    action: '__run',
    runId: 15_847_390_215,
    runAttempt: 2,
    runNumber: 12,
    runnerName: 'GitHub Actions 7',
    runner: { isHosted: true, os: 'Linux', arch: 'ARM64' },
    isPrivate: undefined,
    workspace: '/repo',
    runUrl: 'https://github.example/Codertocat/Hello-World/actions/runs/15847390215/attempts/2',
    issue: undefined,
    triggeringRun: undefined,
    headRepository: 'Codertocat/Hello-World',
    hasIdentity: false,
    baseBranch: undefined,
    defaultBranch: undefined,
    untrusted: undefined,
  });
});

test.each<[unknown, boolean | undefined]>([
  [{ private: true }, true],
  [{ private: false }, false],
  [{ private: true, visibility: 'internal' }, true],
  [{ visibility: 'internal' }, true],
  [{ visibility: 'private' }, true],
  [{ visibility: 'public' }, false],
  [{ visibility: 'secret' }, undefined],
  [{ private: 'true' }, undefined],
  [{}, undefined],
  [undefined, undefined],
])('the repository %j is private: %s', (repository, isPrivate) => {
  expect(read('push', { repository }).isPrivate).toBe(isPrivate);
});

test.each(['self-hosted', '', 'GitHub-hosted'])('a runner of the environment %j is not known to be hosted', (name) => {
  expect(read('push', {}, { RUNNER_ENVIRONMENT: name }).runner.isHosted).toBe(false);
});

test.each([
  ['codertocat/hello-world/.github/workflows/evals.yaml@refs/pull/7/merge', '.github/workflows/evals.yaml'],
  ['Codertocat/Hello-World/.github/workflows/a@b.yml@refs/heads/x.yml@y', '.github/workflows/a@b.yml'],
  ['Codertocat/rules/.github/workflows/evals.yml@refs/heads/main', undefined],
  ['Codertocat/Hello-World/.github/workflows/../../x.yml@refs/heads/main', undefined],
  ['Codertocat/Hello-World/dynamic/pages@refs/heads/main', undefined],
  ['', undefined],
])('workflow %j lies at %j', (ref, path) => {
  expect(read('push', {}, { GITHUB_WORKFLOW_REF: ref }).workflowPath).toBe(path);
});

test.each([
  ['a push', 'refs/heads/feature/a', '', 'feature/a'],
  ['a tag', 'refs/tags/v1', '', 'v1'],
  ['a branch named like a ref', 'refs/heads/refs/heads/x', '', 'refs/heads/x'],
  ['a pull request', 'refs/pull/7/merge', 'topic', 'topic'],
  ['a pull request without its branch', 'refs/pull/7/merge', '', 'refs/pull/7/merge'],
  ['nothing', '', '', ''],
])('the branch of %s', (_, ref, head, branch) => {
  expect(read('push', {}, { GITHUB_REF: ref, GITHUB_HEAD_REF: head }).branch).toBe(branch);
});

const mergeGroup = (head: string) => ({ merge_group: { head_ref: head, head_sha: 'b'.repeat(40) } });
const queued = `refs/heads/gh-readonly-queue/main/pr-31-${'c'.repeat(40)}`;

describe('the pull request or issue of an event', () => {
  test.each<[string, string, unknown, unknown]>([
    ['a pull request', 'pull_request', example('pull_request'), { number: 2, kind: 'pull-request' }],
    ['a target of one', 'pull_request_target', example('pull_request'), { number: 2, kind: 'pull-request' }],
    ['a review', 'pull_request_review', example('pull_request_review'), { number: 2, kind: 'pull-request' }],
    ['an issue', 'issues', example('issues'), { number: 1, kind: 'issue' }],
    [
      'a comment on an issue',
      'issue_comment',
      { issue: { number: 3, pull_request: null } },
      { number: 3, kind: 'issue' },
    ],
    [
      'a comment on a pull request',
      'issue_comment',
      { issue: { number: 4, pull_request: { url: 'https://api.github.example/4' } } },
      { number: 4, kind: 'pull-request' },
    ],
    ['a merge group', 'merge_group', mergeGroup(queued), { number: 31, kind: 'pull-request' }],
    ['a merge group of another form', 'merge_group', mergeGroup('refs/heads/main'), undefined],
    ['a push', 'push', example('push'), undefined],
    ['a workflow run', 'workflow_run', example('workflow_run'), undefined],
  ])('%s', (_, event, payload, issue) => {
    expect(read(event, payload).issue).toEqual(issue);
  });
});

describe('the commit of an event', () => {
  test.each<[string, unknown, string]>([
    ['pull_request', example('pull_request'), 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'],
    ['pull_request_target', { pull_request: { head: { sha: 'd'.repeat(40) } } }, 'd'.repeat(40)],
    ['issue_comment', example('issue_comment'), env.GITHUB_SHA],
    ['push', example('push'), env.GITHUB_SHA],
    ['schedule', {}, env.GITHUB_SHA],
  ])('%s', (event, payload, sha) => {
    expect(read(event, payload).sha).toBe(sha);
  });

  test('a workflow run is about the commit of the run before it', () => {
    const run = { head_repository: { full_name: 'fork/Hello-World' }, head_branch: 'topic', head_sha: 'e'.repeat(40) };
    expect(read('workflow_run', { workflow_run: run })).toMatchObject({
      sha: 'e'.repeat(40),
      triggeringRun: { headRepository: 'fork/Hello-World', headBranch: 'topic', headSha: 'e'.repeat(40) },
    });
    expect(read('workflow_run', { workflow_run: { ...run, head_repository: null } })).toMatchObject({
      sha: env.GITHUB_SHA,
      triggeringRun: undefined,
    });
  });
});

const from = (repository: string | null) => ({
  pull_request: { number: 2, head: { repo: repository === null ? null : { full_name: repository } } },
});

describe('what an event says of branches and repositories', () => {
  const head = { sha: 'f00', ref: 'topic', repo: { full_name: 'fork/Hello-World' } };
  const run = { head_branch: 'topic', head_sha: 'f00', head_repository: { full_name: 'fork/Hello-World' } };
  const repository = { default_branch: 'trunk' };
  const [here, fork] = ['Codertocat/Hello-World', 'fork/Hello-World'];

  test.each<[string, unknown, [string, string | undefined, string | undefined]]>([
    ['push', { repository }, [here, undefined, 'trunk']],
    ['schedule', { schedule: '0 0 * * *' }, [here, undefined, undefined]],
    ['pull_request', { repository, pull_request: { head, base: { ref: 'release' } } }, [fork, 'release', 'trunk']],
    ['pull_request_target', { pull_request: { head: { ...head, repo: null } } }, ['', undefined, undefined]],
    ['merge_group', { merge_group: { base_ref: 'refs/heads/release' } }, [here, 'release', undefined]],
    ['workflow_run', { workflow_run: run }, [fork, undefined, undefined]],
    ['workflow_run', { workflow_run: { ...run, head_repository: null } }, ['', undefined, undefined]],
    [
      'workflow_run',
      { workflow_run: { ...run, pull_requests: [{ base: { ref: 'release' } }] } },
      [fork, 'release', undefined],
    ],
    ['issue_comment', { issue: { number: 7, pull_request: {} } }, [here, undefined, undefined]],
  ])('%s', (event, payload, expected) => {
    const { headRepository, baseBranch, defaultBranch } = read(event, payload);
    expect([headRepository, baseBranch, defaultBranch]).toEqual(expected);
  });

  test('the runner names the base too', () => {
    expect(read('pull_request', {}, { GITHUB_BASE_REF: 'release' }).baseBranch).toBe('release');
  });
});

describe('events without secrets', () => {
  test.each<[string, string, unknown, string]>([
    ['fork', 'pull_request', from('somebody/Hello-World'), 'octocat'],
    ['fork', 'pull_request_review', from('somebody/Hello-World'), 'octocat'],
    ['fork', 'pull_request_review_comment', from('somebody/Hello-World'), 'octocat'],
    ['fork', 'pull_request', from(null), 'octocat'],
    ['fork', 'pull_request', from('somebody/Hello-World'), 'dependabot[bot]'],
    ['dependabot', 'pull_request', from('Codertocat/Hello-World'), 'dependabot[bot]'],
    ['dependabot', 'push', {}, 'dependabot[bot]'],
  ])('%s at %s', (untrusted, event, payload, actor) => {
    expect(read(event, payload, { GITHUB_ACTOR: actor }).untrusted).toBe(untrusted);
  });

  test.each<[string, unknown, string]>([
    ['pull_request', example('pull_request'), 'octocat'],
    ['pull_request', from('codertocat/HELLO-world'), 'octocat'],
    ['pull_request_target', from('somebody/Hello-World'), 'octocat'],
    ['pull_request_target', from('Codertocat/Hello-World'), 'dependabot[bot]'],
    ['schedule', {}, 'dependabot[bot]'],
    ['push', {}, 'dependabot'],
    ['issue_comment', example('issue_comment'), 'octocat'],
  ])('%s has them', (event, payload, actor) => {
    expect(read(event, payload, { GITHUB_ACTOR: actor }).untrusted).toBeUndefined();
  });
});

describe('odd payloads and variables', () => {
  const odd: readonly unknown[] = [
    undefined,
    null,
    'text',
    7,
    [],
    { pull_request: null, issue: 'x', workflow_run: [], merge_group: 1 },
    { pull_request: { number: '2', head: 'x' }, issue: { number: -1 }, workflow_run: { head_sha: 5 } },
    { pull_request: { number: 1.5, head: { sha: {}, repo: 5 } }, merge_group: { head_ref: '/pr-0-a' } },
  ];
  const events = ['pull_request', 'issues', 'workflow_run', 'merge_group', ''];

  test.each(events)('%j', (event) => {
    for (const payload of odd) {
      expect(read(event, payload)).toMatchObject({
        sha: env.GITHUB_SHA,
        issue: undefined,
        triggeringRun: undefined,
        untrusted: undefined,
      });
    }
  });

  test('no variables at all', () => {
    expect(readContext({ GITHUB_RUN_ID: 'x', GITHUB_RUN_ATTEMPT: '-1' }, undefined)).toMatchObject({
      serverUrl: 'https://github.com',
      apiUrl: 'https://api.github.com',
      owner: '',
      repo: '',
      runId: 0,
      runAttempt: 1,
    });
  });
});
