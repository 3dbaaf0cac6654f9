import { expect, test } from '@jest/globals';
import { firstPause, nextPause } from '../../../src/core/polling/schedule.ts';

test.each<[number, number, number | undefined, number]>([
  [0, 30_000, undefined, 1_000],
  [1_000, 30_000, undefined, 1_000],
  [2_000, 30_000, undefined, 1_000],
  [3_000, 30_000, undefined, 1_500],
  [40_000, 30_000, undefined, 20_000],
  [60_000, 30_000, undefined, 30_000],
  [86_400_000, 30_000, undefined, 30_000],
  [-86_400_000, 30_000, undefined, 1_000],
  [0, 50, undefined, 50],
  [1_000, 30_000, 10_000, 10_000],
  [60_000, 30_000, 10_000, 30_000],
  [60_000, 30_000, 90_000, 90_000],
])('at the age of %i ms, every %i ms, asked for %p: %i ms', (age, interval, retryAfter, expected) => {
  expect(nextPause(age, interval, retryAfter)).toBe(expected);
});

test.each([
  [0, 30_000, 1_000],
  [400, 30_000, 600],
  [1_000, 30_000, 0],
  [3_600_000, 30_000, 0],
  // A machine whose time is behind.
  [-3_600_000, 30_000, 1_000],
  [0, 50, 50],
])('a batch that is %i ms old is first looked at, every %i ms, after %i ms', (age, interval, expected) => {
  expect(firstPause(age, interval)).toBe(expected);
});
