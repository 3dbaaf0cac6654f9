import { expect, test } from '@jest/globals';
import { advance, beginMatch, parseGlobPart, type System } from '../../../src/core/text/glob.ts';

function matches(pattern: string, path: string, system: System = 'posix'): boolean {
  const parts = pattern.split('/').map((part) => parseGlobPart(part, system));
  let progress = beginMatch(parts);
  for (const name of path.split('/')) progress = advance(parts, progress, name);
  return progress.has(parts.length);
}

test.each<[pattern: string, path: string, matches: boolean]>([
  ['a.jsonl', 'a.jsonl', true],
  ['a.jsonl', 'A.jsonl', false],
  ['*.jsonl', 'a.jsonl', true],
  ['*.jsonl', '.jsonl', true],
  ['*.jsonl', '.hidden.jsonl', true],
  ['*.jsonl', 'a.json', false],
  ['*.jsonl', 'sub/a.jsonl', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['**/*.jsonl', 'a.jsonl', true],
  ['**/*.jsonl', 'x/y/a.jsonl', true],
  ['x/**', 'x/y/a.jsonl', true],
  ['x/**/a', 'x/a', true],
  ['x/**/y/**/a', 'x/1/y/2/3/a', true],
  ['x/**/y/**/a', 'x/1/2/3/a', false],
  ['a**', 'ab', true],
  ['?', 'é', true],
  ['?', '😀', true],
  ['?', 'ab', false],
  ['[a-c]', 'b', true],
  ['[a-c]', 'd', false],
  ['[!a-c]', 'd', true],
  ['[^a-c]', 'b', false],
  ['[]a]', ']', true],
  ['[a-]', '-', true],
  ['[', '[', true],
  ['a[b', 'a[b', true],
  ['[1].jsonl', '[1].jsonl', false],
  ['[[]1].jsonl', '[1].jsonl', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['[\\]]', ']', true],
  ['{a,b}', 'a', false],
  ['+(a)', 'aa', false],
])('%s of %s: %j', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

test.each<[pattern: string, path: string, matches: boolean]>([
  ['A.jsonl', 'a.JSONL', true],
  ['[A-C]*', 'bx', true],
  ['*.JSONL', 'a.jsonl', true],
])('on Windows, %s of %s: %j', (pattern, path, expected) => {
  expect(matches(pattern, path, 'windows')).toBe(expected);
});

test('a part without wildcards is a name', () => {
  expect(parseGlobPart('a\\*b', 'posix')).toMatchObject({ kind: 'name', name: 'a*b' });
  expect(parseGlobPart('A', 'windows')).toMatchObject({ kind: 'name', name: 'A' });
});

test.each([
  ['stars in a name', `${'*a'.repeat(5_000)}b`, 'a'.repeat(10_000)],
  ['any number of folders', `${'**/'.repeat(2_000)}x`, 'a/'.repeat(2_000)],
  ['sets', '[a-z]'.repeat(20_000), 'a'.repeat(20_001)],
  ['brackets that nothing closes', '['.repeat(100_000), 'a'],
  ['brackets that one closes', `${'['.repeat(100_000)}]`, 'a'],
])('very many %s take no time', (_, pattern, path) => {
  const start = performance.now();
  expect(matches(pattern, path)).toBe(false);
  expect(performance.now() - start).toBeLessThan(5_000);
});
