import { expect, test } from '@jest/globals';
import { findDuplicates } from '../../../src/core/lint/duplicate-requests.ts';

/** Position of the first equal text of each, where there is one, and how often an earlier text was asked for. */
function compare(texts: readonly string[]) {
  let asked = 0;
  const duplicates = findDuplicates((position) => {
    asked += 1;
    return texts[position];
  });
  return { duplicates: texts.map((text, position) => duplicates.see(text, position)), asked };
}

test('names an earlier request with the same text', () => {
  const texts = ['{"a":1}', '{"a":2}', '{"a":1}', '{"a": 1}', '{"a":1}', '{"a":"ä"}', '{"a":"ä"}', ''];
  expect(compare(texts).duplicates).toEqual([undefined, undefined, 0, undefined, 0, undefined, 5, undefined]);
});

test('texts that differ in a single character somewhere are not equal, wherever it stands', () => {
  const base = 'x'.repeat(1_000);
  const texts = Array.from({ length: 200 }, (_, i) => `${base.slice(0, i * 5)}y${base.slice(i * 5 + 1)}`);
  const { duplicates } = compare([...texts, ...texts]);
  expect(duplicates).toEqual([...texts.map(() => undefined), ...texts.map((_, i) => i)]);
});

test('texts of one checksum are not equal', () => {
  // "plumless" and "buckeroo" are a known pair of one CRC-32; what stands around it has few characters sampled.
  const [one, other] = ['plumless', 'buckeroo'].map((word) => `${'a'.repeat(5_000)}${word}${'a'.repeat(5_000)}`);
  expect(compare([one ?? '', other ?? '', one ?? '']).duplicates).toEqual([undefined, undefined, 0]);
});

test('earlier texts are not asked for as long as texts look different', () => {
  expect(compare(Array.from({ length: 500 }, (_, i) => `What is ${i} and ${i * 7}?`)).asked).toBe(0);
});
