import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseSample, printSampleSize, type SampleSize } from '../../../src/core/requests/sample.ts';

const countOf = (count: number): SampleSize => ({ kind: 'count', count });
const shareOf = (percent: number): SampleSize => ({ kind: 'share', microPercent: Math.round(percent * 1_000_000) });
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `case-${index}`);

describe('so many are taken', () => {
  const ROWS: readonly (readonly [size: SampleSize, of: number, taken: number])[] = [
    [countOf(50), 1_319, 50],
    [countOf(1), 1, 1],
    [countOf(50), 49, 49],
    [countOf(50), 50, 50],
    [shareOf(10), 1_319, 132],
    [shareOf(10), 1_320, 132],
    [shareOf(10), 10, 1],
    [shareOf(10), 1, 1],
    [shareOf(0.000001), 1_319, 1],
    [shareOf(33.333333), 3, 1],
    [shareOf(33.333334), 3, 2],
    [shareOf(99.9), 100, 100],
    [shareOf(100), 1_319, 1_319],
    [countOf(5), 0, 0],
    [shareOf(5), 0, 0],
  ];
  test.each(ROWS)('%j of %d is %d', (size, of, taken) => {
    const ids = idsOf(of);
    const sample = chooseSample(ids, size);
    expect([sample.count, ids.filter(sample.takes).length]).toEqual([taken, taken]);
  });
});

test.each([
  [countOf(50), '50'],
  [countOf(1_000), '1000'],
  [shareOf(10), '10%'],
  [shareOf(2.5), '2.5%'],
] as const)('%j is written %s', (size, text) => {
  expect(printSampleSize(size)).toBe(text);
});

test('those with the smallest digests are taken', () => {
  const digest = (id: string) => createHash('sha256').update(id).digest('hex');
  const ids = idsOf(200);
  const smallest = [...ids].sort((a, b) => (digest(a) < digest(b) ? -1 : 1)).slice(0, 20);
  expect(new Set(ids.filter(chooseSample(ids, shareOf(10)).takes))).toEqual(new Set(smallest));
});

test('a sample of all leaves out nothing, whatever another run has', () => {
  const { takes } = chooseSample(idsOf(3), countOf(10));
  expect(idsOf(500).every(takes)).toBe(true);
});

describe('of any IDs', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 64 }), { minLength: 1, maxLength: 60 });
  const size = fc.oneof(
    fc.integer({ min: 1, max: 80 }).map(countOf),
    fc.integer({ min: 1, max: 100_000_000 }).map((microPercent): SampleSize => ({ kind: 'share', microPercent })),
  );
  const taken = (all: readonly string[], of: SampleSize) => new Set(all.filter(chooseSample(all, of).takes));

  test('the sample is the same in every order', () => {
    fc.assert(fc.property(ids, size, (all, of) => expect(taken(all.toReversed(), of)).toEqual(taken(all, of))));
  });

  test('a larger sample holds every smaller one', () => {
    fc.assert(
      fc.property(ids, fc.nat(60), fc.nat(60), (all, a, b) => {
        const small = taken(all, countOf(Math.min(a, b) + 1));
        const large = taken(all, countOf(Math.max(a, b) + 1));
        expect([...small].filter((id) => !large.has(id))).toEqual([]);
      }),
    );
  });

  test('one ID more brings at most one into the sample and at most one out of it', () => {
    fc.assert(
      fc.property(ids, size, (all, of) => {
        const before = taken(all.slice(1), of);
        const after = taken(all, of);
        const only = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((id) => !other.has(id));
        expect(only(before, after).length).toBeLessThanOrEqual(1);
        expect(only(after, before).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('cutting all of them to the sample leaves the sample', () => {
    fc.assert(
      fc.property(ids, size, (all, of) => {
        const sample = chooseSample(all, of);
        expect(all.filter(sample.takes)).toHaveLength(sample.count);
      }),
    );
  });
});
