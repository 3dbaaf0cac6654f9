import { expect, test } from '@jest/globals';
import { toOneDecimal } from '../../../src/core/text/decimals.ts';

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
])('%s is %s', (decimal, shown) => {
  expect(toOneDecimal(decimal)).toBe(shown);
});
