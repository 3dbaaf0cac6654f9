import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AnswerIndex, mergeIndexes } from '../../../src/core/reuse/answer-index.ts';
import { chooseReuse } from '../../../src/core/reuse/choose-reuse.ts';
import {
  bitsOf,
  countReused,
  isReused,
  MAX_SPLIT_REQUESTS,
  MAX_SPLIT_SOURCES,
  narrowSplit,
  parseSplit,
  printSplit,
  type Split,
} from '../../../src/core/reuse/split.ts';
import { anyIndex, digestsOf, indexOf, keptOf, keyOf, NOW_MS } from './kept.ts';

const WINDOW = { nowMs: NOW_MS, reuseDays: 14 };
const choose = (lines: readonly string[], index: AnswerIndex, window = WINDOW) =>
  chooseReuse(digestsOf(lines), index, window).split;
const reusedOf = (lines: readonly string[], split: Split | undefined) =>
  lines.filter((_, position) => split !== undefined && isReused(split, position));

describe('what is reused', () => {
  test('is what the index has, the newest batch first', () => {
    const index = indexOf({ a: keptOf('older', 3), c: keptOf('newer', 1), z: keptOf('unused', 0) });
    const split = choose(['a', 'b', 'c'], index);
    expect(split).toEqual({
      requestCount: 3,
      bits: Uint8Array.of(0b101),
      from: Uint8Array.of(1, 0, 0),
      sources: ['newer', 'older'],
      decidedAt: '2026-11-22T12:00:00.000Z',
    });
  });

  test.each<[string, readonly string[], AnswerIndex]>([
    ['no request', [], indexOf({ a: keptOf('x') })],
    ['no answer', ['a'], new Map()],
    ['another line', ['b'], indexOf({ a: keptOf('x') })],
    ['an answer that is too old', ['a'], indexOf({ a: keptOf('x', 14.5) })],
  ])('is nothing for %s', (_, lines, index) => {
    expect(choose(lines, index)).toBeUndefined();
  });

  test('is never older than results last, whatever is asked for', () => {
    const index = indexOf({ a: keptOf('x', 29), b: keptOf('y', 28) });
    expect(reusedOf(['a', 'b'], choose(['a', 'b'], index, { nowMs: NOW_MS, reuseDays: 400 }))).toEqual(['b']);
  });

  test('comes from the twenty batches that hold most, of equal ones from the newest, and what others hold is sent', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
    // The oldest one has ten answers, each of the others one.
    const batchOf = (i: number) => keptOf(`msgbatch_${Math.max(0, i - 9)}`, 13 - Math.max(0, i - 9) / 10);
    const index = new Map(lines.map((line, i) => [keyOf(line), batchOf(i)]));
    const { split, leftOut } = chooseReuse(digestsOf(lines), index, WINDOW);
    expect(split?.sources.length).toBe(MAX_SPLIT_SOURCES);
    expect([split?.sources[0], split?.sources.at(-1)]).toEqual(['msgbatch_30', 'msgbatch_0']);
    expect(reusedOf(lines, split)).toEqual([...lines.slice(0, 10), ...lines.slice(21)]);
    expect(leftOut).toBe(11);
    expect(chooseReuse(digestsOf(lines.slice(0, 29)), index, WINDOW).leftOut).toBe(0);
  });

  test('is nothing of more requests than a record can tell apart', () => {
    const digests = new Uint8Array((MAX_SPLIT_REQUESTS + 1) * 16);
    const index = new Map([['\0'.repeat(16), keptOf('x')]]);
    expect(chooseReuse(digests.subarray(0, 16), index, WINDOW).split).toBeDefined();
    expect(chooseReuse(digests, index, WINDOW).split).toBeUndefined();
  });

  test('is exactly what is young enough, for any indexes', () => {
    const lines = Array.from({ length: 31 }, (_, i) => `line ${i}`);
    fc.assert(
      fc.property(fc.array(anyIndex, { maxLength: 3 }), fc.integer({ min: 1, max: 28 }), (indexes, reuseDays) => {
        const index = mergeIndexes(indexes);
        const split = choose(lines, index, { nowMs: NOW_MS, reuseDays });
        const young = lines.filter(
          (line) => (index.get(keyOf(line))?.answeredAtMs ?? 0) >= NOW_MS - reuseDays * 86_400_000,
        );
        expect(reusedOf(lines, split)).toEqual(young);
        expect(new Set(split?.sources)).toEqual(new Set(young.map((line) => index.get(keyOf(line))?.batchId)));
        expect(split === undefined ? 0 : countReused(split)).toBe(young.length);
      }),
    );
  });
});

describe('a split', () => {
  const split: Split = {
    requestCount: 10,
    bits: bitsOf(10, (position) => [0, 7, 8].includes(position)),
    from: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, 0),
    sources: ['msgbatch_1', 'msgbatch_2'],
    decidedAt: '2026-11-22T12:00:00.000Z',
  };

  test('without what could not be had', () => {
    expect(narrowSplit(split, new Set([0, 8, 9]))).toEqual({
      ...split,
      bits: bitsOf(10, (position) => [0, 8].includes(position)),
      from: new Uint8Array(10),
      sources: ['msgbatch_2'],
    });
    expect(narrowSplit(split, new Set([1]))).toBeUndefined();
  });

  test('comes back from a record as it was', () => {
    expect(printSplit(split)).toEqual({
      bits: 'gQE=',
      from: 'AQAAAAAAAAABAA==',
      sources: split.sources,
      decidedAt: split.decidedAt,
    });
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }), (reused) => {
        fc.pre(reused.includes(true));
        const requestCount = reused.length;
        const bits = bitsOf(requestCount, (position) => reused[position] === true);
        const from = Uint8Array.from(reused, (_, position) => (reused[position] ? position % 2 : 0));
        const any = { ...split, requestCount, bits, from };
        const back = parseSplit(printSplit(any), requestCount);
        expect(reused.map((_, position) => back !== undefined && isReused(back, position))).toEqual(reused);
        expect(back).toEqual(any);
        expect(countReused(any)).toBe(reused.filter(Boolean).length);
      }),
    );
  });

  test.each([0, 8, 9, 16, 17])('of another number of requests is none: %d', (requestCount) => {
    const fits = requestCount === 9 || requestCount === 16;
    const one = { ...split, from: new Uint8Array(10), sources: ['msgbatch_1'] };
    expect(parseSplit(printSplit(one), requestCount) !== undefined).toBe(fits);
    // A source of each says how many there are.
    expect(parseSplit(printSplit(split), requestCount)).toBeUndefined();
  });
});
