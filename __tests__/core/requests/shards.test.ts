import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_BODY_BYTES, MAX_REQUESTS } from '../../../src/core/requests/limits.ts';
import { type Shard, splitIntoShards } from '../../../src/core/requests/shards.ts';

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
const split = (bytes: readonly number[]): readonly Shard[] =>
  splitIntoShards(range(bytes.length), (position) => bytes[position] ?? 0);
const sizes = (bytes: readonly number[]): number[] => split(bytes).map(({ length }) => length);

/** Bytes of the body `{"requests":[a,b,…]}`. */
const bodyOf = (shard: Shard, bytesOf: (position: number) => number): number =>
  shard.reduce((sum, position) => sum + bytesOf(position), 0) + shard.length - 1 + 15;

describe('splitIntoShards', () => {
  test.each<[string, number, number, number[]]>([
    ['none', 0, 100, []],
    ['one', 1, 100, [1]],
    ['as many as one batch takes', 100_000, 100, [100_000]],
    ['one more', 100_001, 100, [100_000, 1]],
    ['250,000 small ones', 250_000, 100, [100_000, 100_000, 50_000]],
    ['those that fill a body to the byte', 5, (MAX_BODY_BYTES - 15 - 4) / 5, [5]],
    ['those that are one byte too long for it', 5, (MAX_BODY_BYTES - 15 - 4) / 5 + 1, [4, 1]],
    ['those that take more than half of it', 3, MAX_BODY_BYTES / 2, [1, 1, 1]],
  ])('%s', (_, count, bytes, expected) => {
    expect(sizes(range(count).map(() => bytes))).toEqual(expected);
  });

  const rest = MAX_BODY_BYTES - 15;
  test.each<[string, number[], number[]]>([
    ['one that fills a body alone', [rest], [1]],
    ['one with its comma that just fits', [rest - 11, 10], [2]],
    ['one whose comma is too much', [rest - 10, 10], [1, 1]],
    ['one that fits nowhere is a batch of its own, for the API or the reader to refuse', [10, rest + 1, 10], [1, 1, 1]],
  ])('%s', (_, bytes, expected) => {
    expect(sizes(bytes)).toEqual(expected);
  });

  test('positions of a later round stay what they were', () => {
    expect(splitIntoShards(new Set([7, 3, 99]), () => 10)).toEqual([[7, 3, 99]]);
  });

  test('of any requests: every position once, in order, within the limits, no batch more than needed, always the same', () => {
    const sizesInMegabytes = fc.array(fc.nat(120), { maxLength: 40 });
    fc.assert(
      fc.property(sizesInMegabytes, fc.array(fc.nat(2_000_000), { maxLength: 40 }), (megabytes, odd) => {
        const bytes = megabytes.map((size, i) => size * 1_000_000 + (odd[i] ?? 1));
        const bytesOf = (position: number): number => bytes[position] ?? 0;
        const shards = split(bytes);
        expect(shards.flat()).toEqual(range(bytes.length));
        expect(shards.filter((shard) => shard.length === 0 || shard.length > MAX_REQUESTS)).toEqual([]);
        expect(shards.filter((shard) => bodyOf(shard, bytesOf) > MAX_BODY_BYTES)).toEqual([]);
        const joined = shards.slice(1).map((shard, i) => [...(shards[i] ?? []), ...shard.slice(0, 1)]);
        expect(joined.filter((shard) => bodyOf(shard, bytesOf) <= MAX_BODY_BYTES)).toEqual([]);
        expect(split(bytes)).toEqual(shards);
      }),
    );
  });

  test('of any number of small requests: all batches but the last are full', () => {
    fc.assert(
      fc.property(fc.nat(350_000), (count) => {
        const shards = splitIntoShards(range(count), () => 80);
        expect(shards.length).toBe(Math.ceil(count / MAX_REQUESTS));
        expect(shards.slice(0, -1).filter(({ length }) => length !== MAX_REQUESTS)).toEqual([]);
        expect(shards.reduce((sum, { length }) => sum + length, 0)).toBe(count);
      }),
      { numRuns: 20 },
    );
  });
});
