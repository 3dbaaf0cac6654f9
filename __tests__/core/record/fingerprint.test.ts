import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf } from '../../../src/core/record/fingerprint.ts';

const api = { baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: ['a-1', 'b-2'] };
const lines = 'a'.repeat(64);

describe('fingerprintOf', () => {
  test('is the SHA-256 of its parts in JSON, for all of v1', () => {
    const text = `["https://api.anthropic.com","2026-10-21",["a-1","b-2"],"${lines}"]`;
    expect(fingerprintOf(api, lines)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('the key, or whatever else the inputs hold, does not count', () => {
    expect(fingerprintOf({ ...api, key: 'sk-1' } as typeof api, lines)).toBe(fingerprintOf(api, lines));
  });

  test.each<[string, Partial<typeof api>, string]>([
    ['another origin', { baseUrl: 'https://gateway.example' }, lines],
    ['another path', { baseUrl: 'https://api.anthropic.com/x' }, lines],
    ['another version', { version: '2023-06-01' }, lines],
    ['another beta', { betas: ['a-1', 'b-3'] }, lines],
    ['one beta less', { betas: ['a-1'] }, lines],
    ['no betas', { betas: [] }, lines],
    ['betas in another order', { betas: ['b-2', 'a-1'] }, lines],
    ['betas joined', { betas: ['a-1,b-2'] }, lines],
    ['one empty beta', { betas: [''] }, lines],
    ['parts moved over', { baseUrl: 'https://api.anthropic.com2026-10-21', version: '' }, lines],
    ['other lines', {}, 'b'.repeat(64)],
  ])('differs for %s', (_, changed, sha256) => {
    expect(fingerprintOf({ ...api, ...changed }, sha256)).not.toBe(fingerprintOf(api, lines));
  });

  test('differs for any difference, and only then', () => {
    const word = fc.constantFrom('', 'a', 'b', '"', '","', ',', 'ab', '[]', '\\');
    const parts = fc.tuple(word, word, fc.array(word, { maxLength: 3 }), word);
    const of = ([baseUrl, version, betas, sha256]: [string, string, string[], string]) =>
      fingerprintOf({ baseUrl, version, betas }, sha256);
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(of(one) === of(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 1_000 },
    );
  });
});
