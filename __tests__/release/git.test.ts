import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createGit, type Git } from '../../scripts/release/git.ts';
import { startServer } from '../../simulator/server.ts';
import { gitEnvironment, runNode } from './scene.ts';

let folder: string;
let clone: string;
let env: Record<string, string>;
let git: Git;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-'));
  clone = join(folder, 'clone');
  env = gitEnvironment(folder);
  run(folder, 'init', '--quiet', '--bare', '--initial-branch=trunk', 'remote.git');
  run(folder, 'clone', '--quiet', join(folder, 'remote.git'), clone);
  commit();
  run(clone, 'push', '--quiet', 'origin', 'HEAD:trunk');
  git = createGit({ root: clone, env });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function commit(): string {
  run(clone, 'commit', '--quiet', '--allow-empty', '--message', 'Change');
  return run(clone, 'rev-parse', 'HEAD');
}

test('the default branch is the remote’s own', () => {
  expect(git.readCheckout()).toMatchObject({ branch: 'trunk', defaultBranch: 'trunk', isPushed: true, changed: [] });
});

test('a commit has the day that its committer had', () => {
  env['GIT_COMMITTER_DATE'] = '2026-02-03T23:30:00-0800';
  commit();
  expect(git.readCheckout().committedOn).toBe('2026-02-03');
});

test('tags are read with the commits behind them', () => {
  const head = run(clone, 'rev-parse', 'HEAD');
  run(clone, 'tag', 'light');
  run(clone, 'tag', '--annotate', '--message', 'With a message', 'v1.0.0');
  run(clone, 'push', '--quiet', 'origin', '--tags');
  const object = run(clone, 'rev-parse', 'v1.0.0');
  expect(git.readRemoteTags()).toEqual(
    new Map([
      ['light', { commit: head, object: head }],
      ['v1.0.0', { commit: head, object }],
    ]),
  );
});

test('a tag that is there is not moved', () => {
  const first = run(clone, 'rev-parse', 'HEAD');
  git.pushTag('v1.0.0', first);
  const second = commit();
  expect(() => git.pushTag('v1.0.0', second)).toThrow(/git push failed/);
  expect(git.readRemoteTags().get('v1.0.0')?.commit).toBe(first);
});

test('a rolling tag is moved only from where it was seen', () => {
  const [first, second, third] = [run(clone, 'rev-parse', 'HEAD'), commit(), commit()];
  git.moveTag('v1', first, undefined);
  const seen = git.readRemoteTags().get('v1');
  git.moveTag('v1', second, seen);
  expect(() => git.moveTag('v1', third, seen)).toThrow(/git push failed/);
  expect(() => git.moveTag('v1', third, undefined)).toThrow(/git push failed/);
  expect(git.readRemoteTags().get('v1')?.commit).toBe(second);
});

test('a rolling tag with a message is moved too', () => {
  run(clone, 'tag', '--annotate', '--message', 'With a message', 'v1');
  run(clone, 'push', '--quiet', 'origin', 'v1');
  const second = commit();
  git.moveTag('v1', second, git.readRemoteTags().get('v1'));
  expect(git.readRemoteTags().get('v1')).toEqual({ commit: second, object: second });
});

test('the token is sent to its server alone', async () => {
  const servers = await Promise.all([0, 1].map(() => startServer({ handlers: [() => ({ status: 403 })] })));
  try {
    const [own, other] = servers.map(({ origin }) => origin);
    for (const origin of [own, other]) {
      run(clone, 'remote', 'set-url', 'origin', `${origin}/octo-org/evals.git`);
      const options = { root: clone, env, credentials: { server: own, token: 'ghs_secret' } };
      const module = new URL('../../scripts/release/git.ts', import.meta.url).href;
      const code = `import { createGit } from ${JSON.stringify(module)}; createGit(${JSON.stringify(options)}).readRemoteTags();`;
      const { exitCode, stderr } = await runNode(['--input-type=module', '--eval', code], clone, env);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('git ls-remote failed');
    }
    const sent = servers.map(({ exchanges }) => exchanges.map(({ headers }) => headers.get('authorization')));
    const basic = `basic ${Buffer.from('x-access-token:ghs_secret').toString('base64')}`;
    expect(sent).toEqual([[basic], [undefined]]);
  } finally {
    for (const server of servers) await server.stop();
  }
});
