import { expect, test } from '@jest/globals';
import { type Guard, runInTime } from '../../../src/core/asserts/time-limit.ts';

const LIMIT_MS = 50;

/** Something that ends at once. */
const quick = <T>(value: T, guard?: Guard) => ({ guard, run: () => value });
/** Something that never ends. */
const endless = (guard?: Guard) => ({
  guard,
  run: (): never => {
    for (;;);
  },
});

test('what ends in time has its result, in order, whatever does not end beside it', () => {
  expect(runInTime([quick(1), quick(2)], LIMIT_MS)).toEqual([1, 2]);
  expect(runInTime([quick(1), endless(), quick(3), endless(), quick(undefined), quick(6)], LIMIT_MS)).toEqual([
    1,
    undefined,
    3,
    undefined,
    undefined,
    6,
  ]);
  expect(runInTime([], LIMIT_MS)).toEqual([]);
});

test('what has run out of time five times is not tried again', () => {
  const guard = { strikes: 0 };
  expect(
    runInTime(
      Array.from({ length: 9 }, () => endless(guard)),
      LIMIT_MS,
    ),
  ).toEqual(new Array(9).fill(undefined));
  expect(guard.strikes).toBe(5);
  expect(runInTime([quick(1, guard), quick(2)], LIMIT_MS)).toEqual([undefined, 2]);
});

test('what has run out of time less often is tried again', () => {
  const guard = { strikes: 4 };
  expect(runInTime([quick(1, guard), endless(guard), quick(3, guard)], LIMIT_MS)).toEqual([1, undefined, undefined]);
});

test('what it throws is thrown on, and takes nothing from the next ones', () => {
  const broken = {
    guard: undefined,
    run: () => {
      throw new RangeError('broken');
    },
  };
  expect(() => runInTime([broken], LIMIT_MS)).toThrow('broken');
  expect(runInTime([quick(1)], LIMIT_MS)).toEqual([1]);
});
