import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { type GitHubContext, readContext } from '../../../src/core/inputs/context.ts';
import { warnOfStrangersCode } from '../../../src/steps/read/strangers-code.ts';
import { createFakeLog, createFakes } from '../../fakes/ports.ts';

// What git leaves in a workspace, on a real disk.

const sha = (digit: string) => digit.repeat(40);
const [BASE, HEAD, MERGE, OTHER] = ['b', '1', '2', '9'].map(sha) as [string, string, string, string];
let workspace: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'claude-batch-checkout-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const EVENTS: Readonly<Record<string, unknown>> = {
  pull_request_target: { pull_request: { number: 7, head: { sha: HEAD }, merge_commit_sha: MERGE } },
  workflow_run: { workflow_run: { event: 'pull_request', head_sha: HEAD, pull_requests: [] } },
  issue_comment: { issue: { number: 7, pull_request: {} } },
  pull_request: { pull_request: { number: 7, head: { sha: HEAD } } },
  push: {},
};

function contextOf(event: string): GitHubContext {
  const env = {
    GITHUB_EVENT_NAME: event,
    GITHUB_SHA: BASE,
    GITHUB_REPOSITORY: 'octo/evals',
    GITHUB_WORKSPACE: workspace,
  };
  return readContext(env, EVENTS[event]);
}

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true });
    writeFileSync(join(workspace, name), text);
  }
}

/** How many warnings there are of these files, with request files of these names. */
async function warningsOf(event: string, names: readonly string[] = ['evals.jsonl']): Promise<number> {
  const log = createFakeLog();
  const found = names.map((name) => ({ path: join(workspace, name), name, isOutside: name.startsWith('/') }));
  const ports = { ...createFakes(), log, files: createFiles(workspace) };
  await warnOfStrangersCode({ ports, context: contextOf(event) }, found);
  expect(log.messages).toEqual(log.messages.map(() => ({ code: 'strangers-code', event })));
  return log.messages.length;
}

const detached = (commit: string, folder = '.git') => ({ [`${folder}/HEAD`]: `${commit}\n` });
const onBranch = (commit: string) => ({
  '.git/HEAD': 'ref: refs/heads/topic\n',
  '.git/refs/heads/topic': `${commit}\n`,
});
const packed = (commit: string) => ({
  '.git/HEAD': 'ref: refs/heads/topic\n',
  '.git/packed-refs': `# pack-refs with: peeled fully-peeled sorted\n${commit} refs/heads/topic\n`,
});
const fetched = (name: 'head' | 'merge') => ({
  ...detached(OTHER),
  [`.git/refs/remotes/pull/7/${name}`]: `${OTHER}\n`,
});

const URL_OF = 'https://github.com/octo/evals';
const PULL = `'refs/pull/7/head' of ${URL_OF}`;
const BARE = `'${OTHER}' of ${URL_OF}`;
/** On a commit that the last fetch described so. */
const described = (...lines: readonly string[]) => ({
  ...onBranch(OTHER),
  '.git/FETCH_HEAD': lines.map((line) => `${OTHER}\t\t${line}\n`).join(''),
});
/** A worktree of the repository in `main`, on this commit. */
const worktree = (commit: string) => ({
  ...detached(BASE, 'main/.git'),
  '.git': `gitdir: ${workspace}/main/.git/worktrees/pr\n`,
  'main/.git/worktrees/pr/HEAD': `${commit}\n`,
  'main/.git/worktrees/pr/commondir': '../..\n',
});

describe('a workspace', () => {
  test.each<[string, string, Readonly<Record<string, string>>, number]>([
    ['with the head of the pull request', 'pull_request_target', detached(HEAD), 1],
    ['with its merge', 'pull_request_target', detached(MERGE), 1],
    ['on its branch', 'pull_request_target', onBranch(HEAD), 1],
    ['on its branch, packed', 'pull_request_target', packed(HEAD), 1],
    ['with a newer merge, as it was fetched', 'pull_request_target', fetched('merge'), 1],
    ['with a newer head, as it was fetched', 'pull_request_target', fetched('head'), 1],
    ['with the base', 'pull_request_target', detached(BASE), 0],
    ['on the base branch', 'pull_request_target', onBranch(BASE), 0],
    ['with another commit', 'pull_request_target', detached(OTHER), 0],
    ['with what a run of a fork was of', 'workflow_run', detached(HEAD), 1],
    ['with the default branch', 'workflow_run', detached(BASE), 0],
    ['with the head of the pull request that is commented on', 'issue_comment', fetched('head'), 1],
    ['with the default branch', 'issue_comment', detached(BASE), 0],
    ['with what gh checked out', 'issue_comment', described(PULL), 1],
    ['with what git fetched beside a branch', 'issue_comment', described(`branch 'main' of ${URL_OF}`, PULL), 1],
    ['with what git fetched by ssh', 'issue_comment', described(`'refs/pull/7/merge' of git@github.com:Octo/Evals`), 1],
    ['with what git fetched of a newer push', 'pull_request_target', described(PULL), 1],
    ['with what git fetched of a fork', 'workflow_run', described(PULL), 1],
    ['with what git fetched of another', 'issue_comment', described(`'refs/pull/77/head' of ${URL_OF}`), 0],
    ['with a branch that git fetched', 'issue_comment', described(`branch 'topic' of ${URL_OF}`), 0],
    ['with what git fetched elsewhere', 'issue_comment', described(`'refs/pull/7/head' of ${URL_OF}-2`), 0],
    ['with a commit that it looked up', 'issue_comment', described(BARE), 1],
    ['with a commit that it named', 'pull_request_target', described(BARE), 0],
    ['with a commit that it named', 'workflow_run', described(BARE), 0],
    ['with a commit of elsewhere', 'issue_comment', described(`'${OTHER}' of https://github.com/octo/prompts`), 0],
    [
      'with its own commit, as actions/checkout fetches it',
      'issue_comment',
      { ...detached(BASE), '.git/FETCH_HEAD': `${BASE}\t\t'${BASE}' of ${URL_OF}\n` },
      0,
    ],
    [
      'with another commit than it fetched',
      'issue_comment',
      { ...detached(BASE), '.git/FETCH_HEAD': `${OTHER}\t\t${PULL}\n` },
      0,
    ],
    ['with the head, where it has no secrets of others', 'pull_request', detached(HEAD), 0],
    ['with any commit', 'push', detached(HEAD), 0],
    ['without git', 'pull_request_target', {}, 0],
  ])('%s, at %s: %#', async (_, event, files, expected) => {
    put(files);
    expect(await warningsOf(event)).toBe(expected);
  });

  test('that is a worktree is looked at by its own HEAD', async () => {
    put(worktree(HEAD));
    expect(await warningsOf('pull_request_target')).toBe(1);
    put(worktree(BASE));
    expect(await warningsOf('pull_request_target')).toBe(0);
  });

  test.each<[string, string]>([
    ['that all worktrees share', 'main/.git/FETCH_HEAD'],
    ['of its own', 'main/.git/worktrees/pr/FETCH_HEAD'],
  ])('that is a worktree is looked at by the note of the fetch %s', async (_, name) => {
    put({ ...worktree(OTHER), [name]: `${OTHER}\tnot-for-merge\t${PULL}\n` });
    expect(await warningsOf('issue_comment')).toBe(1);
  });

  test('with the head in a folder that request files are in is warned of once', async () => {
    put({ ...detached(BASE), ...detached(HEAD, 'pr/.git'), ...detached(HEAD, 'pr/evals/.git') });
    expect(await warningsOf('pull_request_target', ['pr/evals/a.jsonl', 'pr/evals/b.jsonl'])).toBe(1);
    expect(await warningsOf('pull_request_target', ['evals/a.jsonl'])).toBe(0);
    expect(await warningsOf('pull_request_target', [])).toBe(0);
  });

  test('is not looked at in more than twenty folders, nor outside', async () => {
    const deep = Array.from({ length: 30 }, (_, i) => `f${i}`).join('/');
    put(detached(HEAD, `${deep}/.git`));
    expect(await warningsOf('pull_request_target', [`${deep}/a.jsonl`, '/etc/x.jsonl'])).toBe(0);
  });
});

describe('what git itself leaves', () => {
  let home: string;
  let repository: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'claude-batch-git-'));
    repository = join(home, 'octo/evals');
    mkdirSync(repository, { recursive: true });
    git(repository, 'init', '--quiet', '--initial-branch=main');
    git(repository, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    git(repository, 'commit', '--quiet', '--allow-empty', '--message=base');
    git(repository, 'checkout', '--quiet', '--detach');
    git(repository, 'commit', '--quiet', '--allow-empty', '--message=of the pull request');
    for (const name of ['head', 'merge']) git(repository, 'update-ref', `refs/pull/7/${name}`, 'HEAD');
    git(workspace, 'init', '--quiet');
    git(workspace, 'remote', 'add', 'origin', repository);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function git(folder: string, ...args: string[]): string {
    const person = { NAME: 'Mallory', EMAIL: 'mallory@example.com' };
    const names = ['AUTHOR', 'COMMITTER'].flatMap((who) =>
      Object.entries(person).map(([what, as]) => [`GIT_${who}_${what}`, as]),
    );
    const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...Object.fromEntries(names) };
    return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' });
  }

  test('of a checkout is understood, also once it has packed its refs', async () => {
    // As actions/checkout does with `ref: refs/pull/7/merge`.
    git(workspace, 'fetch', '--quiet', '--depth=1', 'origin', '+refs/pull/7/merge:refs/remotes/pull/7/merge');
    git(workspace, 'checkout', '--quiet', '--force', 'refs/remotes/pull/7/merge');
    expect(await warningsOf('issue_comment')).toBe(1);
    git(workspace, 'pack-refs', '--all');
    expect(await warningsOf('issue_comment')).toBe(1);
    git(workspace, 'commit', '--quiet', '--allow-empty', '--message=another');
    expect(await warningsOf('issue_comment')).toBe(0);
  });

  test.each<[string, string[]]>([
    ['gh pr checkout', ['refs/pull/7/head:topic', '--no-tags']],
    ['git fetch', ['+refs/heads/*:refs/remotes/origin/*', 'pull/7/head:topic']],
  ])('of %s is understood, also in a worktree', async (_, refs) => {
    git(workspace, 'fetch', '--quiet', 'origin', ...refs);
    git(workspace, 'checkout', '--quiet', 'topic');
    expect(await warningsOf('issue_comment')).toBe(1);
    git(workspace, 'checkout', '--quiet', '--orphan', 'other');
    git(workspace, 'worktree', 'add', '--quiet', 'pr', 'topic');
    expect(await warningsOf('issue_comment')).toBe(0);
    expect(await warningsOf('issue_comment', ['pr/evals.jsonl'])).toBe(1);
  });

  test('of a checkout of the commit itself is understood', async () => {
    const commit = git(repository, 'rev-parse', 'HEAD').trim();
    git(workspace, 'fetch', '--quiet', '--depth=1', 'origin', commit);
    git(workspace, 'checkout', '--quiet', commit);
    expect(await warningsOf('issue_comment')).toBe(1);
    git(workspace, 'fetch', '--quiet', 'origin', 'main');
    git(workspace, 'checkout', '--quiet', 'FETCH_HEAD');
    expect(await warningsOf('issue_comment')).toBe(0);
  });
});

describe('what pretends to be of git', () => {
  test.each<[string, () => void]>([
    ['a HEAD that leads out', () => put({ '.git/HEAD': 'ref: refs/heads/../../../x\n', x: HEAD })],
    [
      'a HEAD that leads to itself',
      () => put({ '.git/HEAD': 'ref: refs/heads/a\n', '.git/refs/heads/a': 'ref: refs/heads/a\n' }),
    ],
    [
      'a HEAD without end',
      () => {
        put({ '.git/HEAD': HEAD });
        truncateSync(join(workspace, '.git/HEAD'), 2 ** 31);
      },
    ],
    ['a HEAD that is a folder', () => put({ '.git/HEAD/x': HEAD })],
    ['a HEAD that is no text', () => put({ '.git/HEAD': '\u0000\ufffd'.repeat(50) })],
    ['a .git that is a file', () => put({ '.git': `${workspace}/elsewhere\n`, ...detached(HEAD, 'elsewhere') })],
    ['a .git that names itself', () => put({ '.git': 'gitdir: .git\n' })],
    [
      'packed refs of a megabyte and more',
      () => put({ '.git/HEAD': 'ref: refs/heads/a\n', '.git/packed-refs': `${HEAD} refs/heads/a\n`.repeat(30_000) }),
    ],
  ])('%s says nothing', async (_, make) => {
    make();
    expect(await warningsOf('pull_request_target')).toBe(0);
  });

  const links = process.platform === 'win32' ? test.skip : test;
  links.each<[string, () => string]>([
    [
      'HEAD is a link out of the workspace',
      () => {
        const out = mkdtempSync(join(tmpdir(), 'claude-batch-out-'));
        writeFileSync(join(out, 'HEAD'), HEAD);
        mkdirSync(join(workspace, '.git'));
        symlinkSync(join(out, 'HEAD'), join(workspace, '.git/HEAD'));
        return out;
      },
    ],
    [
      '.git is a file that leads out of the workspace',
      () => {
        const out = mkdtempSync(join(tmpdir(), 'claude-batch-out-'));
        writeFileSync(join(out, 'HEAD'), HEAD);
        writeFileSync(join(workspace, '.git'), `gitdir: ${out}\n`);
        return out;
      },
    ],
    [
      '.git is a link out of the workspace',
      () => {
        const out = mkdtempSync(join(tmpdir(), 'claude-batch-out-'));
        writeFileSync(join(out, 'HEAD'), HEAD);
        symlinkSync(out, join(workspace, '.git'));
        return out;
      },
    ],
    [
      'HEAD is a device',
      () => {
        mkdirSync(join(workspace, '.git'));
        symlinkSync('/dev/zero', join(workspace, '.git/HEAD'));
        return '';
      },
    ],
    [
      'HEAD is a link to itself',
      () => {
        mkdirSync(join(workspace, '.git'));
        symlinkSync('HEAD', join(workspace, '.git/HEAD'));
        return '';
      },
    ],
  ])('nothing is believed where %s', async (_, make) => {
    const out = make();
    try {
      expect(await warningsOf('pull_request_target')).toBe(0);
    } finally {
      if (out !== '') rmSync(out, { recursive: true, force: true });
    }
  });
});
