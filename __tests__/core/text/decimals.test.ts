import { expect, test } from '@jest/globals';
import { toOneDecimal, toTwoDecimals } from '../../../src/core/text/decimals.ts';

test.each([
  ['87.67', '87.7'],
  ['87.64', '87.6'],
  ['87.65', '87.7'],
  ['0.00', '0.0'],
  ['99.95', '100.0'],
  ['100.00', '100.0'],
  ['-3.67', '-3.7'],
  ['-0.04', '0.0'],
  ['-0.05', '-0.1'],
  ['1.005', '1.0'],
  // 15 of 19: rounded to two decimals first it would be 79.0.
  ['78.947368', '78.9'],
  ['0.049999', '0.0'],
  ['7', '7.0'],
  ['0.000000', '0.0'],
])('%s is %s', (decimal, shown) => {
  expect(toOneDecimal(decimal)).toBe(shown);
});

test.each([
  ['78.947368', '78.95'],
  ['-0.004999', '0.00'],
  ['-3.666667', '-3.67'],
  ['0.005000', '0.01'],
  ['100.000000', '100.00'],
])('%s is %s', (decimal, shown) => {
  expect(toTwoDecimals(decimal)).toBe(shown);
});
