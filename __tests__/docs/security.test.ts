import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { removals } from '../defenses/removals.ts';
import { read } from './pages.ts';
import { root } from './process.ts';

// `npm run test:defenses` takes every defense away and sees its test fail. Here: that it leaves none out, and still finds them all.

/** Number of each invariant → the tests that hold it. */
const invariants = new Map(
  Array.from(read('docs/security.md').matchAll(/^\| (\d+) \| .* \| (.*) \|$/gm), ([, number, tests = '']) => [
    Number(number),
    Array.from(tests.matchAll(/`(__tests__\/[^`]+)`/g), ([, path = '']) => path),
  ]),
);

test('every invariant of docs/security.md has a number of its own, a test, and a defense that can be taken away', () => {
  const rows = read('docs/security.md').match(/^\| \d+ \|/gm) ?? [];
  expect(rows).toHaveLength(invariants.size);
  expect([...invariants].filter(([, tests]) => tests.length === 0)).toEqual([]);
  const removed = new Set(removals.map(({ invariant }) => invariant));
  expect([...removed].sort((a, b) => a - b)).toEqual([...invariants.keys()].sort((a, b) => a - b));
});

describe.each(removals)('$invariant: $defense', ({ invariant, file, before, after, test: path, name }) => {
  test('stands where it is taken away', () => {
    expect(read(file).split(before)).toHaveLength(2);
    expect(after).not.toBe(before);
  });

  test('has a test that the document names', () => {
    expect(existsSync(join(root, path))).toBe(true);
    expect(invariants.get(invariant)).toContain(path);
    expect(read(path)).toContain(name ?? 'test');
  });
});
