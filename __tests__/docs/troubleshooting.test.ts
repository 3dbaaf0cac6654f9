import { expect, test } from '@jest/globals';
import { SENTENCES } from '../../scripts/message-samples.ts';
import { placeSentences } from '../../scripts/tables.ts';
import { read } from './pages.ts';

const PAGE = 'docs/troubleshooting.md';

/** Codes on the page whose tables are still to come. This list only shrinks. */
const TO_COME = [
  'api-busy',
  'api-unreachable',
  'batch-canceled',
  'batch-list-failed',
  'batch-unreachable',
  'create-broken-off',
  'create-delayed',
  'create-forbidden',
  'create-refused',
  'create-uncertain',
  'error-rate-exceeded',
  'job-start-unknown',
  'lost-batch-ambiguous',
  'lost-batch-unknown',
  'no-artifact-service',
  'results-expired',
  'results-incomplete',
  'results-unavailable',
  'run-skipped',
  'sent-in-part',
  'spend-limit-reached',
  'still-running',
  'stopped',
  'unexpected-failure',
  'upload-failed',
  'wait-timed-out',
];

test('the page has the messages of the tables (scripts/tables.ts puts them there)', () => {
  const { page, unknown } = placeSentences(read(PAGE), SENTENCES);
  expect(page).toBe(read(PAGE));
  expect(unknown.filter((code) => !TO_COME.includes(code))).toEqual([]);
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
