// What the workflow that rebuilds dist/ for Dependabot commits: its own commands, in clones of a repository on disk.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { read } from '../docs/pages.ts';

const BRANCH = 'dependabot/npm_and_yarn/npm-0123456789';

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly name?: string; readonly uses?: string; readonly run?: string }[];
}
const { jobs } = parse(read('.github/workflows/dependabot-dist.yml')) as { jobs: Readonly<Record<string, Job>> };
const commands = jobs['commit']?.steps.find(({ name }) => name === 'Commit dist/ and nothing else')?.run ?? '';

let folder: string;
const at = (...path: string[]): string => join(folder, ...path);
const environment = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@localhost',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@localhost',
  ...more,
});
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** Files of the newest commit of Dependabot's branch in the repository, as `path: content`. */
const pushed = (): string[] =>
  git(at('origin.git'), 'ls-tree', '-r', '--name-only', BRANCH)
    .split('\n')
    .map((path) => `${path}: ${git(at('origin.git'), 'show', `${BRANCH}:${path}`)}`);

const commit = (branch = BRANCH) =>
  spawnSync('bash', ['-e', '-c', commands], { cwd: at('job'), env: environment({ BRANCH: branch }), encoding: 'utf8' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dependabot-dist-'));
  git(folder, 'init', '--quiet', '--bare', 'origin.git');
  git(folder, 'clone', '--quiet', 'origin.git', 'work');
  git(at('work'), 'checkout', '--quiet', '-b', BRANCH);
  mkdirSync(at('work', 'dist'));
  writeFileSync(at('work', 'package-lock.json'), 'new');
  writeFileSync(at('work', 'dist', 'index.js'), 'old');
  writeFileSync(at('work', 'dist', '12.index.js'), 'old');
  git(at('work'), 'add', '.');
  git(at('work'), 'commit', '--quiet', '--message', 'Update packages');
  git(at('work'), 'push', '--quiet', 'origin', BRANCH);
  git(folder, 'clone', '--quiet', '--branch', BRANCH, 'origin.git', 'job');
  git(at('job'), 'checkout', '--quiet', '--detach');
  mkdirSync(at('job', 'built'));
  writeFileSync(at('job', 'built', 'index.js'), 'new');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const onPosix = process.platform === 'win32' ? describe.skip : describe;
onPosix('what the job commits', () => {
  test('is the whole of dist/ and nothing else, on top of the commit that was built', () => {
    writeFileSync(at('job', 'package-lock.json'), 'changed by somebody else');
    writeFileSync(at('job', 'built', '34.index.js'), 'new');
    const before = git(at('origin.git'), 'rev-parse', BRANCH);
    expect(commit().status).toBe(0);
    expect(pushed()).toEqual(['dist/34.index.js: new', 'dist/index.js: new', 'package-lock.json: new']);
    expect(git(at('origin.git'), 'rev-parse', `${BRANCH}~1`)).toBe(before);
  });

  test('may be replaced by Dependabot', () => {
    commit();
    expect(git(at('origin.git'), 'show', '--no-patch', '--format=%s', BRANCH)).toContain('[dependabot skip]');
  });
});

onPosix('nothing is pushed', () => {
  const before = ['dist/12.index.js: old', 'dist/index.js: old', 'package-lock.json: new'];

  test.each<[string, () => void]>([
    ['a link', () => symlinkSync('/etc/hostname', at('job', 'built', 'post.js'))],
    ['a folder', () => mkdirSync(at('job', 'built', '.github'))],
    ['a file with an unusual name', () => writeFileSync(at('job', 'built', 'a b'), '')],
    ['settings of git', () => writeFileSync(at('job', 'built', '.gitattributes'), '')],
  ])('if the artifact holds %s', (_, add) => {
    add();
    expect(commit().status).toBe(1);
    expect(pushed()).toEqual(before);
  });

  test('to another branch', () => {
    expect(commit('main').status).toBe(1);
    expect(git(at('origin.git'), 'branch', '--list', '--format=%(refname:short)')).toBe(BRANCH);
    expect(pushed()).toEqual(before);
  });

  test('if the branch has moved since it was built', () => {
    writeFileSync(at('work', 'package-lock.json'), 'newer');
    git(at('work'), 'commit', '--quiet', '--all', '--message', 'Update packages once more');
    git(at('work'), 'push', '--quiet', 'origin', BRANCH);
    expect(commit().status).toBe(1);
    expect(pushed()).toEqual(['dist/12.index.js: old', 'dist/index.js: old', 'package-lock.json: newer']);
  });
});

test('the job that runs code of the branch cannot write, and the one that can write runs none of it', () => {
  expect(jobs['build']?.permissions).toEqual({ contents: 'read' });
  expect(jobs['commit']?.steps.filter(({ run }) => run !== undefined && /^\s*(?:npm|npx|node)\b/m.test(run))).toEqual(
    [],
  );
  expect(jobs['commit']?.steps.map(({ uses }) => uses?.split('@')[0])).toEqual([
    'actions/checkout',
    'actions/download-artifact',
    undefined,
    undefined,
  ]);
});
