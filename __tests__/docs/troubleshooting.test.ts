import { expect, test } from '@jest/globals';
import { SENTENCES } from '../../scripts/message-samples.ts';
import { placeSentences } from '../../scripts/tables.ts';
import { read } from './pages.ts';

const PAGE = 'docs/troubleshooting.md';

test('every code on the page has a message in the tables', () => {
  expect(placeSentences(read(PAGE), SENTENCES).unknown).toEqual([]);
});

test('no message lacks a fact', () => {
  expect([...SENTENCES].filter(([, words]) => /\b(?:undefined|NaN|null)\b/.test(words))).toEqual([]);
});

test('every row has a code, a message, its meaning and what to do', () => {
  const rows = read(PAGE)
    .split('\n')
    .filter((line) => /^\| (?!code|---)/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => !/^\| `[a-z0-9-]+` \| \S.* \| \S.*\. \| \S.*\. \|$/.test(row))).toEqual([]);
});

test('a message is put into the row of its code, between the markers only', () => {
  const sentences = new Map([['a-b', 'One | two <three>']]);
  const row = '| `a-b` | old \\| words | means | do |';
  expect(
    placeSentences(`${row}\n<!-- messages -->\n${row}\n| \`c\` | | x | y |\n<!-- /messages -->`, sentences),
  ).toEqual({
    page: `${row}\n<!-- messages -->\n| \`a-b\` | One \\| two &lt;three> | means | do |\n| \`c\` | | x | y |\n<!-- /messages -->`,
    unknown: ['c'],
  });
});
