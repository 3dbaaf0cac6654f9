import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createLineDigests, DIGEST_BYTES, digestCount, keysOf } from '../../../src/core/reuse/line-digests.ts';
import { API, digestsOf, keyOf } from './kept.ts';

test('a digest is half a SHA-256 of place and line', () => {
  const line = '{"custom_id":"ä","params":{}}';
  const place = '["https://api.anthropic.com","2026-10-21",[]]\n';
  const whole = createHash('sha256').update(place).update(line).digest();
  expect(Buffer.from(digestsOf([line]))).toEqual(whole.subarray(0, 16));
});

test.each([
  ['another line', API, 'line-r2'],
  ['another address', { ...API, baseUrl: 'https://gateway.example' }, 'line-r1'],
  ['another version', { ...API, version: '2023-06-01' }, 'line-r1'],
  ['another beta', { ...API, betas: ['a-1'] }, 'line-r1'],
])('%s has another digest', (_, api, line) => {
  const digests = createLineDigests(api);
  digests.add(line);
  expect(keysOf(digests.finish())(0)).not.toBe(keyOf('line-r1'));
});

test('digests stand in the order of the lines, however many there are', () => {
  const lines = Array.from({ length: 3_000 }, (_, i) => `line ${i}`);
  const digests = digestsOf(lines);
  expect(digests.length).toBe(3_000 * DIGEST_BYTES);
  expect([digestCount(digests), digestCount(digestsOf([]))]).toEqual([3_000, 0]);
  const keys = keysOf(digests);
  for (const position of [0, 1, 255, 256, 257, 2_999]) expect(keys(position)).toBe(keyOf(`line ${position}`));
});
