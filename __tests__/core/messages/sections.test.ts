import { expect, test } from '@jest/globals';
import { SECTIONS } from '../../../src/core/messages/sections.ts';

const WORDS: readonly (readonly [keyof typeof SECTIONS, string, string])[] = [
  ['older-commit', SECTIONS['older-commit']({ sha: '0123456789abcdef' }), 'From the older commit 0123456:'],
  ['of-older-commit', SECTIONS['of-older-commit'](), '(older commit)'],
  ['step', SECTIONS.step(), 'step'],
  ['answered-of', SECTIONS['answered-of']({ answered: '1', total: '2' }), '1 of 2'],
  [
    'reports-too-long',
    SECTIONS['reports-too-long']({ count: 1 }),
    '1 report did not fit here. The links have the details:',
  ],
  [
    'reports-too-long',
    SECTIONS['reports-too-long']({ count: 2 }),
    '2 reports did not fit here. The links have the details:',
  ],
  [
    'rows-only',
    SECTIONS['rows-only'](),
    'The reports did not fit here. Each run has its own in the job summary or the log.',
  ],
  ['more-rows', SECTIONS['more-rows']({ count: 1_319 }), 'And 1,319 more: see the runs.'],
  ['open-page', SECTIONS['open-page'](), 'Open the page'],
  ['artifact', SECTIONS.artifact(), 'Artifact'],
  ['run', SECTIONS.run({ runId: 42 }), 'Run 42'],
];

test.each(WORDS)('%s', (_, words, expected) => {
  expect(words).toBe(expected);
});

test('every entry is above', () => {
  expect(new Set(WORDS.map(([code]) => code))).toEqual(new Set(Object.keys(SECTIONS)));
});
