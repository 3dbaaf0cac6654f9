import { expect, test } from '@jest/globals';
import { capitalize } from '../../../src/core/text/capitalize.ts';

test.each([
  ['likely $1', 'Likely $1'],
  ['1,319 requests', '1,319 requests'],
  ['**$1**', '**$1**'],
  ['', ''],
])('%j starts a line as %j', (text, expected) => {
  expect(capitalize(text)).toBe(expected);
});
