import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseExactly } from '../../../src/core/page/exact-json.ts';

test.each([
  '[9007199254740993,1.0,1e400,-0,1E5,0.10]',
  '{"a":{"b":[12345678901234567890.123456789]},"__proto__":1.0}',
  '1.50',
  '{"rawJSON":"1.0"}',
])('%s is printed as it was', (text) => {
  expect(JSON.stringify(parseExactly(text))).toBe(text);
});

test('is what JSON.parse gives where no digits would be lost', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const plain = JSON.parse(text);
      fc.pre(!text.includes('e') && !text.includes('-0'));
      expect(parseExactly(JSON.stringify(plain))).toEqual(plain);
    }),
  );
});

test('nested deeper than a reviver goes', () => {
  const text = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(Array.isArray(parseExactly(text))).toBe(true);
});

test.each(['', '{', '[1,]', 'x'])('%j is no JSON', (text) => {
  expect(() => parseExactly(text)).toThrow(SyntaxError);
});
