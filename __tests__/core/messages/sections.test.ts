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
  ['cost', SECTIONS.cost({ usd: '0.573765', isLowerBound: false, isLikely: false }), '$0.57'],
  ['cost', SECTIONS.cost({ usd: '0.573765', isLowerBound: true, isLikely: false }), 'at least $0.57'],
  ['cost', SECTIONS.cost({ usd: null, isLowerBound: true, isLikely: false }), 'unknown'],
  ['cost', SECTIONS.cost({ usd: '0.573765', isLowerBound: false, isLikely: true }), 'about $0.57'],
  ['cost', SECTIONS.cost({ usd: '0.573765', isLowerBound: true, isLikely: true }), 'about $0.57 or more'],
  ['cost', SECTIONS.cost({ usd: null, isLowerBound: false, isLikely: true }), ''],
  ['reports', SECTIONS.reports({ count: 3, isAll: true }), 'All 3 reports'],
  ['reports', SECTIONS.reports({ count: 2, isAll: false }), '2 other reports'],
  ['failed-reports', SECTIONS['failed-reports']({ count: 6 }), '6 reports on failures'],
  ['folded-rows', SECTIONS['folded-rows']({ open: 2, good: 1_319 }), '2 still running, 1,319 completed'],
  ['folded-rows', SECTIONS['folded-rows']({ open: 0, good: 1 }), '1 completed'],
  ['total-cost', SECTIONS['total-cost']({ usd: '1.147530', isLowerBound: false }), '$1.15 in all'],
  ['total-cost', SECTIONS['total-cost']({ usd: '1.147530', isLowerBound: true }), 'at least $1.15 in all'],
  ['see-answers', SECTIONS['see-answers'](), 'See the answers'],
  ['answers', SECTIONS.answers(), 'Answers'],
  ['broken', SECTIONS.broken({ count: 1_319 }), '1,319 broken'],
  ['pass-rate', SECTIONS['pass-rate'](), 'Pass rate'],
  ['against', SECTIONS.against({ baseline: 'main' }), 'Against main'],
  ['against', SECTIONS.against({ baseline: '' }), 'Against baseline'],
  ['failing', SECTIONS.failing({ count: 1_319 }), '1,319 failing'],
  ['download', SECTIONS.download(), 'Download'],
  ['run', SECTIONS.run(), 'Run'],
  ['all-completed', SECTIONS['all-completed']({ total: 3 }), 'all 3 completed'],
  ['some-completed', SECTIONS['some-completed']({ total: 4, bad: 1, doubtful: 0, open: 0 }), '1 of 4 failed'],
  [
    'some-completed',
    SECTIONS['some-completed']({ total: 4, bad: 1, doubtful: 1, open: 2 }),
    '1 of 4 failed, 1 needs a look, 2 still running',
  ],
  ['some-completed', SECTIONS['some-completed']({ total: 4, bad: 0, doubtful: 2, open: 0 }), '2 of 4 need a look'],
  ['some-completed', SECTIONS['some-completed']({ total: 4, bad: 0, doubtful: 0, open: 4 }), '4 of 4 still running'],
];

test.each(WORDS)('%s', (_, words, expected) => {
  expect(words).toBe(expected);
});

test('every entry is above', () => {
  expect(new Set(WORDS.map(([code]) => code))).toEqual(new Set(Object.keys(SECTIONS)));
});
