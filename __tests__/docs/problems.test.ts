import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { INPUT_NAMES } from '../../src/core/inputs/names.ts';
import { read } from './pages.ts';
import { root } from './process.ts';

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.generated.ts'))
  // The codes of the page are those of its own sentences.
  .filter((path) => !path.startsWith(join('core', 'page')) && path !== join('steps', 'publish', 'page.ts'))
  .map((path) => read(`src/${path}`))
  .join('\n');

const unique = (codes: readonly string[]): string[] => [...new Set(codes)].sort();

test('the catalogue has no code that no problem has', () => {
  const found = [/\bcode: '([a-z0-9-]+)'/g, /\breport\('([a-z0-9-]+)'/g].flatMap((form) =>
    Array.from(sources.matchAll(form), ([, code = '']) => code),
  );
  expect(found.length).toBeGreaterThan(60);
  const listed = Array.from(read('docs/problems.md').matchAll(/^\| `([a-z0-9-]+)` \|/gm), ([, code = '']) => code);
  expect(listed.length).toBeGreaterThan(60);
  expect(listed.filter((code) => !unique(found).includes(code))).toEqual([]);
});

test('every row of the catalogue says level, cause and cure', () => {
  const rows = read('docs/problems.md')
    .split('\n')
    .filter((row) => /^\| `/.test(row));
  for (const row of rows) {
    expect(row).toMatch(/^\| `[a-z0-9-]+` \| (error|warning|error or warning) \| [A-Z`].*\.? \| [A-Z`].*[.`] \|$/);
  }
});

test('codes of inputs are made of their names', () => {
  expect(sources).toContain('code: `input-${name}`');
  expect(read('docs/problems.md')).toContain('`input-max-cost-usd`');
  expect(INPUT_NAMES).toContain('max-cost-usd');
});
