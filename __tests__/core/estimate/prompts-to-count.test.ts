import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { choosePrompts } from '../../../src/core/estimate/prompts-to-count.ts';

/** Requests by the number of their model, -1 for none, and by weight. */
const statsOf = (requests: readonly (readonly [model: number, weight: number])[]) => ({
  requests: requests.map(([model, weight]) => ({ model: model < 0 ? undefined : `m${model}`, weight })),
});
const weights = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 2_000_000 }));
const any = fc.array(fc.tuple(fc.integer({ min: -1, max: 2 }), weights), { maxLength: 300 }).map(statsOf);
const most = fc.integer({ min: 3, max: 60 });

describe('of any requests', () => {
  test('positions exist, stand there once and in order, at most so many, and all where there are no more', () => {
    fc.assert(
      fc.property(any, most, (stats, size) => {
        const sample = choosePrompts(stats, size);
        const countable = stats.requests.filter(({ model }) => model !== undefined).length;
        expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
        expect(sample.every((at) => stats.requests[at]?.model !== undefined)).toBe(true);
        expect(sample).toHaveLength(Math.min(size, countable));
        expect(choosePrompts(stats, size)).toEqual(sample);
      }),
    );
  });

  test('each model is among them, with its longest', () => {
    fc.assert(
      fc.property(any, most, (stats, size) => {
        const sample = new Set(choosePrompts(stats, size));
        const own = Map.groupBy(stats.requests.entries(), ([, { model }]) => model);
        own.delete(undefined);
        for (const requests of own.values()) {
          const longest = Math.max(...requests.map(([, { weight }]) => weight));
          expect(requests.some(([at, { weight }]) => sample.has(at) && weight === longest)).toBe(true);
        }
      }),
    );
  });
});

test('forty or fewer: all of them, but those without a model', () => {
  const stats = statsOf(Array.from({ length: 40 }, (_, at): [number, number] => [at % 10 === 0 ? -1 : 0, 5]));
  expect(choosePrompts(stats)).toHaveLength(36);
  expect(choosePrompts(statsOf([]))).toEqual([]);
});

test('models share it by their weight', () => {
  const requests = Array.from({ length: 400 }, (_, at): [number, number] => [at % 2, at % 2 === 0 ? 900 : 100]);
  const sample = choosePrompts(statsOf(requests));
  expect(sample.filter((at) => at % 2 === 0)).toHaveLength(36);
});

test('of more than forty models the heaviest are there', () => {
  const requests = Array.from({ length: 100 }, (_, at): [number, number] => [at, at + 1]);
  expect(choosePrompts(statsOf(requests))).toEqual(Array.from({ length: 40 }, (_, at) => 60 + at));
});

test('it is spread over the weight: long prompts come more often, short ones do come', () => {
  const requests = Array.from({ length: 1_000 }, (_, at): [number, number] => [0, at + 1]);
  const sample = choosePrompts(statsOf(requests));
  const short = sample.filter((at) => at < 500).length;
  expect(short).toBeGreaterThanOrEqual(9);
  expect(short).toBeLessThanOrEqual(11);
  expect(sample).toContain(999);
});

test('100,000 requests of one length are spread over the file', () => {
  const requests = Array.from({ length: 100_000 }, (): [number, number] => [0, 50]);
  const sample = choosePrompts(statsOf(requests));
  const gaps = sample.slice(1).map((at, index) => at - (sample[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(4_000);
});
