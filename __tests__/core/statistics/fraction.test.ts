import { expect, test } from '@jest/globals';
import {
  exceeds,
  leastCommonMultiple,
  printPercent,
  printProbability,
  toNumber,
} from '../../../src/core/statistics/fraction.ts';

const of = (numerator: bigint, denominator: bigint) => ({ numerator, denominator });

test.each([
  [263n, 300n, 2, '87.67'],
  [263n, 300n, 1, '87.7'],
  [11n, 300n, 2, '3.67'],
  [-1n, 250n, 2, '-0.40'],
  [-1n, 100_000n, 2, '0.00'],
  [-1n, 20_000n, 2, '-0.01'],
  [1n, 20_000n, 2, '0.01'],
  [1n, 1n, 2, '100.00'],
  [0n, 7n, 2, '0.00'],
  [1n, 3n, 0, '33'],
  [2n, 3n, 0, '67'],
  // As doubles, 1.005 is a little less.
  [201n, 20_000n, 2, '1.01'],
])('%i / %i with %i decimals: %s', (numerator, denominator, decimals, printed) => {
  expect(printPercent(of(numerator, denominator), decimals)).toBe(printed);
});

test.each([
  [2n, 100n, 2_000_000, false],
  [2_000_001n, 100_000_000n, 2_000_000, true],
  [1n, 3n, 33_333_333, true],
  [1n, 3n, 33_333_334, false],
  [-1n, 100n, 0, false],
])('%i / %i exceeds %i millionths of a percent: %s', (numerator, denominator, microPercent, expected) => {
  expect(exceeds(of(numerator, denominator), microPercent)).toBe(expected);
});

test.each([
  [0.0173448324, '0.0173448'],
  [1.6333234e-6, '0.00000163332'],
  [0.5, '0.500000'],
  [1, '1.00000'],
  [0.99999996, '1.00000'],
  [0.0999999999, '0.100000'],
  [0.00125, '0.00125000'],
  [3e-80, `0.${'0'.repeat(79)}300000`],
  [1e-90, `0.${'0'.repeat(89)}100000`],
  [9e-91, '0'],
  [0, '0'],
])('the probability %d is printed as %s', (p, printed) => {
  expect(printProbability(p)).toBe(printed);
});

test('what all numbers divide', () => {
  expect(leastCommonMultiple([])).toBe(1n);
  expect(leastCommonMultiple([3, 2, 4])).toBe(12n);
  expect(leastCommonMultiple(Array.from({ length: 20 }, (_, at) => at + 1))).toBe(232_792_560n);
  expect(toNumber(of(1n, 4n))).toBe(0.25);
});
