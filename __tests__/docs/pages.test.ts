import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findFault, list, pages, read } from './pages.ts';
import { root } from './process.ts';

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('links to what is there', () => {
    const links = text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g);
    const faults = Array.from(links, ([, path = '', anchor]) =>
      findFault(path === '' ? page : posix.join(dirname(page), path), anchor),
    );
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  test('names commands that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const runs = Array.from(text.matchAll(/\bnpm (?:run )?(test\b|(?<=run )[a-z][a-z:]*)/g), ([, name = '']) => name);
    expect(runs.filter((name) => scripts[name] === undefined)).toEqual([]);
    const files = Array.from(text.matchAll(/\bnode (?:scripts\/node24\.js )?(\S+\.[jt]s)\b/g), ([, path = '']) => path);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names files of this repository that there are', () => {
    const named = Array.from(
      text.matchAll(/`((?:src|__tests__|simulator|scripts|examples|docs)\/[\w./-]*)`/g),
      ([, path = '']) => path,
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('README.md names the two commands for whoever has no key', () => {
  expect(read('README.md')).toMatch(/^npm ci && npm run demo$[\s\S]*^npm ci && npm test$/m);
});

test('docs/results.md says of every status what action.yml lists', () => {
  const description = /\n {2}status:\n {4}description: >-\n((?: {6}.*\n)+)/.exec(read('action.yml'))?.[1] ?? '';
  const statuses = Array.from(description.matchAll(/`([a-z]+)`\s+\(/g), ([, status]) => status);
  const table = read('docs/results.md')
    .split('\n')
    .filter((line) => /^\| `[a-z]+` \| (?:green|red)/.test(line));
  expect(table.map((line) => line.split('`')[1]).sort()).toEqual(statuses.sort());
});

test('CONTRIBUTING.md says of every workflow what it does', () => {
  const rows = read('CONTRIBUTING.md').match(/^\| `[\w-]+\.yml`.*(?= \|.* \|$)/gm) ?? [];
  const named = rows.flatMap((row) => Array.from(row.matchAll(/`([\w-]+\.yml)`/g), ([, name]) => name));
  expect(named.sort()).toEqual(
    list('.github/workflows', '.yml')
      .map((path) => path.split('/').at(-1))
      .sort(),
  );
});

test('AGENTS.md has at most 40 lines', () => {
  expect(read('AGENTS.md').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});
