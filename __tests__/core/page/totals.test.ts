import { expect, test } from '@jest/globals';
import { totalsOf } from '../../../src/core/page/totals.ts';
import { gradedSummary, grading } from './graded-samples.ts';
import { summary } from './samples.ts';

const CHOICE = { unanswered: 3, incomplete: 2 };

test('the totals of a graded run are of its cases', () => {
  const counts = { passing: 24, failing: 3, ungraded: 1, flaky: 1 };
  expect(totalsOf(gradedSummary, CHOICE)).toEqual({ ...counts, broken: 1, fixed: 1 });
  expect(totalsOf({ ...gradedSummary, grading: { ...grading, comparison: null } }, CHOICE)).toEqual(counts);
});

test('the totals of other runs are of their requests', () => {
  const requests = { total: 20, succeeded: 17, errored: 1, canceled: 0, expired: 2, missing: null };
  expect(
    totalsOf(
      {
        ...summary,
        requests,
        incomplete: {
          refusal: 1,
          max_tokens: 1,
          empty: 0,
          model_context_window_exceeded: 0,
          pause_turn: 0,
          unknown: 0,
        },
        grading: null,
      },
      CHOICE,
    ),
  ).toEqual({
    ...{ whole: 15, cut: 2, errored: 1, canceled: 0, expired: 2, missing: 0 },
    ...{ failing: 5, unanswered: 3 },
  });
});
