import { expect, test } from '@jest/globals';
import { differenceOf, singleDifferenceOf, whereTheyDiffer } from '../../../src/core/asserts/difference.ts';
import type { Difference } from '../../../src/core/messages/asserts.ts';

const x = (count: number) => 'x'.repeat(count);

test.each<[text: string, expected: string, readonly Difference[]]>([
  ['A', 'a', ['case']],
  // As capital letters the two would be alike.
  ['ß', 'ss', []],
  [' a ', 'a', ['white-space']],
  ['a\n\n\tb', 'a b', ['white-space']],
  ['a   b', 'a b', ['white-space']],
  ['a\u00A0b', 'a b', ['white-space']],
  ['```\na\n```', 'a', ['code-fence']],
  ['```json\na\n```', 'a', ['code-fence']],
  ['~~~\na\n~~~', 'a', ['code-fence']],
  ['````\na\n````', 'a', ['code-fence']],
  ['\n```\na\n```\n', 'a', ['code-fence']],
  ['```\nA\n```', 'a', ['code-fence', 'case']],
  ['```\n a\n```', 'a', ['code-fence', 'white-space']],
  [' A', 'a', ['white-space', 'case']],
  ['```\n A\n```', 'a', ['code-fence', 'white-space', 'case']],
  ['b', 'a', []],
  // These are no fences.
  ['~\na\n~', 'a', []],
  ['``\na\n``', 'a', []],
  ['x```\na\n```', 'a', []],
  ['```\na```', 'a', []],
  ['```\na', 'a', []],
  ['```\na\n~~~', 'a', []],
  [x(20_000).toUpperCase(), x(20_000), ['case']],
  [x(20_001).toUpperCase(), x(20_001), []],
])('%j is not %j: %j', (text, expected, differences) => {
  expect(differenceOf(text, (fold) => fold(text) === fold(expected))).toEqual(differences);
  const single = differences.length === 1 ? differences : [];
  expect(singleDifferenceOf(text, (folded) => folded === expected)).toEqual(single);
});

test('a text that is not changed by folding has no difference of that kind', () => {
  const tried: string[] = [];
  singleDifferenceOf('a', (folded) => {
    tried.push(folded);
    return true;
  });
  expect(tried).toEqual([]);
});

test.each([
  ['yes', 'no', 'yes', 'no'],
  ['', 'no', '', 'no'],
  ['a', 'ab', 'a', 'ab'],
  // Up to 40 characters in common are shown.
  [`${x(40)}a`, `${x(40)}b`, `${x(40)}a`, `${x(40)}b`],
  [`${x(41)}a`, `${x(41)}b`, `…${x(20)}a`, `…${x(20)}b`],
  [x(41), `${x(41)}b`, `…${x(20)}`, `…${x(20)}b`],
  [`${x(50)}a${x(200)}`, `${x(50)}b`, `…${x(20)}a${x(57)}…`, `…${x(20)}b`],
])('%j and %j are shown as %j and %j', (a, b, shownA, shownB) => {
  expect(whereTheyDiffer(a, b)).toEqual([shownA, shownB]);
});
