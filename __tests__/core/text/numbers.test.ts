import { expect, test } from '@jest/globals';
import { formatBytes } from '../../../src/core/text/numbers.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [4_249, '4.2 kB'],
  [999_949, '999.9 kB'],
  [1_000_000, '1.0 MB'],
  [249_900_000, '249.9 MB'],
  [1_234_567_890, '1234.6 MB'],
])('%d is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
