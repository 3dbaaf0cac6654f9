import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseSample } from '../../../src/core/estimate/sample.ts';

type Columns = Parameters<typeof chooseSample>[0];

const columns = (requests: readonly (readonly [model: number, weight: number])[], models = 3): Columns => ({
  models: Array.from({ length: models }, (_, at) => `m${at}`),
  model: requests.map(([model]) => model),
  weight: requests.map(([, weight]) => weight),
});
const weights = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 2_000_000 }));
const any = fc
  .array(fc.tuple(fc.integer({ min: -1, max: 2 }), weights), { maxLength: 300 })
  .map((requests) => columns(requests));
const most = fc.integer({ min: 3, max: 60 });

describe('of any requests', () => {
  test('positions exist, stand there once and in order, at most so many, and all where there are no more', () => {
    fc.assert(
      fc.property(any, most, (stats, size) => {
        const sample = chooseSample(stats, size);
        const countable = stats.model.filter((model) => model >= 0).length;
        expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
        expect(sample.every((at) => (stats.model[at] ?? -1) >= 0)).toBe(true);
        expect(sample).toHaveLength(Math.min(size, countable));
        expect(chooseSample(stats, size)).toEqual(sample);
      }),
    );
  });

  test('each model is among them, with its longest', () => {
    fc.assert(
      fc.property(any, most, (stats, size) => {
        const sample = new Set(chooseSample(stats, size));
        for (const model of new Set(stats.model.filter((index) => index >= 0))) {
          const own = [...stats.model.keys()].filter((at) => stats.model[at] === model);
          const longest = Math.max(...own.map((at) => stats.weight[at] ?? 0));
          expect(own.some((at) => sample.has(at) && stats.weight[at] === longest)).toBe(true);
        }
      }),
    );
  });
});

test('forty or fewer: all of them, but those without a model', () => {
  const stats = columns(Array.from({ length: 40 }, (_, at): [number, number] => [at % 10 === 0 ? -1 : 0, 5]));
  expect(chooseSample(stats)).toHaveLength(36);
  expect(chooseSample(columns([]))).toEqual([]);
});

test('models share it by their weight', () => {
  const requests = Array.from({ length: 400 }, (_, at): [number, number] => [at % 2, at % 2 === 0 ? 900 : 100]);
  const { model } = columns(requests);
  const sample = chooseSample(columns(requests));
  expect(sample.filter((at) => model[at] === 0)).toHaveLength(36);
});

test('of more than forty models the heaviest are there', () => {
  const requests = Array.from({ length: 100 }, (_, at): [number, number] => [at, at + 1]);
  expect(chooseSample(columns(requests, 100))).toEqual(Array.from({ length: 40 }, (_, at) => 60 + at));
});

test('it is spread over the weight: long prompts come more often, short ones do come', () => {
  const requests = Array.from({ length: 1_000 }, (_, at): [number, number] => [0, at + 1]);
  const sample = chooseSample(columns(requests, 1));
  const short = sample.filter((at) => at < 500).length;
  expect(short).toBeGreaterThanOrEqual(9);
  expect(short).toBeLessThanOrEqual(11);
  expect(sample).toContain(999);
});

test('100,000 requests of one length are spread over the file', () => {
  const requests = Array.from({ length: 100_000 }, (): [number, number] => [0, 50]);
  const sample = chooseSample(columns(requests, 1));
  const gaps = sample.slice(1).map((at, index) => at - (sample[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(4_000);
});
