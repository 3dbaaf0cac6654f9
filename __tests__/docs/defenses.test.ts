import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { copyRepository, loads } from '../defenses/copy.ts';
import { root, runScript } from './process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'defenses-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('invariants that do not exist are named, and nothing runs', async () => {
  const script = join(root, '__tests__', 'defenses', 'run.ts');
  const { exitCode, stdout, stderr } = await runScript(script, ['1', '999', 'x'], folder);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('999, x');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['code', "import { join } from 'node:path';\nexport const a: string = join('b');\n", true],
  ['a syntax error', '(((', false],
  ['a name that another file does not have', "import { joyn } from 'node:path';\njoyn('b');\n", false],
  ['a name that does not exist', "joyn('b');\n", false],
])('whether it loads: %s', async (_, text, expected) => {
  writeFileSync(join(folder, 'a.ts'), text);
  expect(await loads(folder, 'a.ts')).toBe(expected);
});

test('a repository is copied with what is new, but without links and what is deleted', () => {
  const [from, to, packages] = ['from', 'to', 'packages'].map((name) => join(folder, name)) as [string, string, string];
  for (const name of [from, to, packages]) mkdirSync(name);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: from });
  git('init', '--quiet');
  for (const name of ['kept.ts', 'deleted.ts']) writeFileSync(join(from, name), '');
  git('add', '.');
  rmSync(join(from, 'deleted.ts'));
  writeFileSync(join(from, 'new.ts'), '');
  symlinkSync(packages, join(from, 'node_modules'), 'junction');
  copyRepository(from, to);
  expect(readdirSync(to).sort()).toEqual(['dist', 'kept.ts', 'new.ts', 'node_modules']);
});
