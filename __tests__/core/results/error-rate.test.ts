import { describe, expect, test } from '@jest/globals';
import { errorRatePercent, exceedsErrorRate } from '../../../src/core/results/accounts.ts';

const counts = (total: number, unanswered: number) => ({
  total,
  succeeded: total - unanswered,
  errored: unanswered,
  canceled: 0,
  expired: 0,
  missing: 0,
});
const percent = (value: number): number => Math.round(value * 1_000_000);

describe('exceedsErrorRate', () => {
  test.each([
    [100, 0, 0, false],
    [100, 1, 0, true],
    [100, 1, 1, false],
    [100, 2, 1, true],
    [10_000, 29, 0.29, false],
    [10_000, 30, 0.29, true],
    [3, 1, 33.333333, true],
    [3, 1, 33.333334, false],
    [100_000, 7, 0.007, false],
    [100_000, 100_000, 100, false],
    [0, 0, 0, false],
  ])('%i requests, %i unanswered, %f %% allowed: %p', (total, unanswered, allowed, expected) => {
    expect(exceedsErrorRate(counts(total, unanswered), percent(allowed))).toBe(expected);
  });
});

test.each([
  [100, 0, 0, 0],
  [3, 1, 0, 33.34],
  [3, 1, 50, 33.34],
  [3, 1, 33.335, 33.334],
  [3, 1, 33.3333, 33.3334],
  [3, 1, 33.333334, 33.333334],
  [1_319, 2, 0.5, 0.16],
  [1_000_000, 1, 0, 0.01],
  [1_000_000, 1, 0.0001, 0.0001],
  [4, 4, 0, 100],
  [0, 0, 0, 0],
])('of %i, %i unanswered where %f %% are allowed are %f %%', (total, unanswered, allowed, expected) => {
  const rate = errorRatePercent(counts(total, unanswered), percent(allowed));
  expect(rate).toBe(expected);
  expect(rate > allowed).toBe(exceedsErrorRate(counts(total, unanswered), percent(allowed)));
});
