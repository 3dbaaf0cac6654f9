import { expect, test } from '@jest/globals';
import { GRADING_FILES } from '../../../src/core/messages/grading-files.ts';

test('junit.xml says what was found', () => {
  const assert = { type: 'contains', metric: undefined, reason: 'did not find "14 days"' };
  expect([
    GRADING_FILES.assert(assert),
    GRADING_FILES.assert({ ...assert, metric: 'tone' }),
    GRADING_FILES.assert({ ...assert, reason: '' }),
    GRADING_FILES.answer({ customId: 'a-r2', text: 'contains' }),
    GRADING_FILES['no-answer'](),
    GRADING_FILES.failed({ first: 'contains', count: 1 }),
    GRADING_FILES.failed({ first: 'contains', count: 1_003 }),
    GRADING_FILES['answers-pass']({ passed: 2, total: 3 }),
    GRADING_FILES['score-too-low'](),
    GRADING_FILES.undecided(),
  ]).toEqual([
    'contains: did not find "14 days"',
    'contains (tone): did not find "14 days"',
    'contains',
    'a-r2: contains',
    'There is no answer.',
    'contains',
    'contains, and 1,002 more',
    '2 of 3 answers pass',
    'The score is below the threshold.',
    'It could not be decided.',
  ]);
});

test('benchmark.json and benchmark-cost.json name their figures', () => {
  expect([
    GRADING_FILES['pass-rate'](),
    GRADING_FILES['pass-counts']({ passed: 2, graded: 3 }),
    GRADING_FILES.metric({ metric: 'tone' }),
    GRADING_FILES['metric-counts']({ cases: 1 }),
    GRADING_FILES['cost-of-run'](),
    GRADING_FILES['cost-per-case'](),
  ]).toEqual([
    'Pass rate',
    '2 of 3 graded cases pass',
    'Metric tone',
    'mean of 1 case',
    'Cost of the run',
    'Cost per case',
  ]);
});
