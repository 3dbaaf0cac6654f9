import { expect, test } from '@jest/globals';
import { nextPause } from '../../../src/core/polling/schedule.ts';

test.each<[number, number, number | undefined, number]>([
  [0, 30_000, undefined, 1_000],
  [1, 30_000, undefined, 1_000],
  [2, 30_000, undefined, 2_000],
  [5, 30_000, undefined, 16_000],
  [6, 30_000, undefined, 30_000],
  [5_000, 30_000, undefined, 30_000],
  [1, 50, undefined, 50],
  [1, 30_000, 10_000, 10_000],
  [9, 30_000, 10_000, 30_000],
  [9, 30_000, 90_000, 90_000],
])('after %i looks, every %i ms, asked for %p: %i ms', (looks, interval, retryAfter, expected) => {
  expect(nextPause(looks, interval, retryAfter)).toBe(expected);
});
