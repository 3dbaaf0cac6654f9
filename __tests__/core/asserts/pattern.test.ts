import { describe, expect, test } from '@jest/globals';
import { compilePattern, type Pattern } from '../../../src/core/asserts/pattern.ts';

function compiled(source: string): Pattern {
  const pattern = compilePattern(source);
  if ('fault' in pattern) throw new TypeError(pattern.fault);
  return pattern;
}

test.each([
  ['b+', 'abbba', 'bbb'],
  ['^b', 'ab', undefined],
  ['B', 'b', undefined],
  ['a.b', 'a\nb', undefined],
  ['', 'x', ''],
])('%s in %j finds %j', (source, text, found) => {
  expect(compiled(source).find(text)).toBe(found);
});

test('a pattern keeps its source and has not been slow yet', () => {
  expect(compiled('a|b')).toMatchObject({ source: 'a|b', guard: { strikes: 0 } });
});

test.each(['(', '[z-a]', 'a{2,1}', '(?i)x', 'x: ('])('%s is none, and the fault does not repeat it', (source) => {
  const pattern = compilePattern(source);
  const fault = 'fault' in pattern ? pattern.fault : '';
  expect(fault).toMatch(/^[A-Za-z][a-z ]+/);
  expect(fault).not.toContain(source);
  expect(fault).not.toContain(':');
});

describe('a pattern is quick', () => {
  const always = (source: string) => compiled(source).isQuick(0);
  test.each([
    ['abc', 100_000, 100_001],
    ['[*+?]', 100_000, 100_001],
    ['\\*', 100_000, 100_001],
    ['\\p{Lu}', 100_000, 100_001],
    ['\\P{Script=Greek}', 100_000, 100_001],
    ['(?:a|b)', 100_000, 100_001],
    ['(a)', 100_000, 100_001],
    ['a'.repeat(300), 100_000, 100_001],
    ['a+', 2_000, 2_001],
    ['a{3}', 2_000, 2_001],
    ['[ab]*', 2_000, 2_001],
    ['(a|b) c?', 2_000, 2_001],
    ['(a)\\w*', 2_000, 2_001],
    ['(a)[b]*', 2_000, 2_001],
    ['\\u{1,}', 100_000, 100_001],
  ])('%s: on texts of %i characters, not of %i', (source, most, more) => {
    expect([compiled(source).isQuick(most), compiled(source).isQuick(more)]).toEqual([true, false]);
  });

  test.each([
    ['of two quantifiers', 'a+b+'],
    ['of two groups', '(a)(b)'],
    ['of a group that comes again', '(a)+'],
    ['of a reference', '(a)\\1'],
    ['of a reference by name', '(?<n>a)\\k<n>'],
    ['of a look behind', '(?<=a)b?(c)'],
    ['of a length beyond 300', 'a'.repeat(301)],
  ])('on no text because %s: %s', (_, source) => {
    expect(always(source)).toBe(false);
  });
});
