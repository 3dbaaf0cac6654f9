import { expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { createCasePlaces } from '../../../src/core/results/case-places.ts';

const prices = createPriceBook();
// Two lines of 9 and 4 bytes, each with a line end.
const REQUESTS = {
  starts: [0, 10, 15],
  places: [
    { file: 1, line: 7, offset: 0, length: 9 },
    { file: 0, line: 1, offset: 0, length: 4 },
  ],
  files: [{ name: 'a.jsonl' }, { name: 'b.jsonl' }],
};

const result = (batchId: string, more: object = {}) => ({
  ...{ offset: 0, length: 5, rank: 2 as const, batchId, createdAtMs: 1_000, isReused: false },
  ...more,
});

test('requests are where their lines begin, without the line end, and named after their files', () => {
  const places = createCasePlaces(2, { requests: REQUESTS, prices });
  expect([0, 1, 2].map((position) => places.request(position))).toEqual([
    { offset: 0, length: 9 },
    { offset: 10, length: 4 },
    undefined,
  ]);
  expect([0, 1, 2].map((position) => places.source(position))).toEqual([
    { file: 'b.jsonl', line: 7 },
    { file: 'a.jsonl', line: 1 },
    undefined,
  ]);
});

test('a line of a file that is not known has no name', () => {
  const places = createCasePlaces(2, { requests: { ...REQUESTS, files: [{ name: 'a.jsonl' }] }, prices });
  expect([places.source(0), places.source(1)]).toEqual([undefined, { file: 'a.jsonl', line: 1 }]);
});

test('without request files there are results only', () => {
  const places = createCasePlaces(1, { requests: undefined, prices });
  places.put(0, result('b'));
  expect([places.request(0), places.source(0), places.result(0)]).toEqual([
    undefined,
    undefined,
    { offset: 0, length: 5 },
  ]);
});

test('each result has its place, its batch, its price and its rank; what was not put is missing', () => {
  const places = createCasePlaces(5, { requests: undefined, prices });
  places.put(0, result('first'));
  places.put(1, result('second', { offset: 6, length: 7, rank: 1, createdAtMs: 2_000, isReused: true }));
  places.put(2, result('first', { offset: 14, rank: 0 }));
  places.put(4, result('second', { offset: 20, length: 8, createdAtMs: 2_000, isReused: true }));
  expect(
    [0, 1, 2, 3, 4].map((at) => [places.result(at), places.batchId(at), places.rank(at), places.isReused(at)]),
  ).toEqual([
    [{ offset: 0, length: 5 }, 'first', 2, false],
    [{ offset: 6, length: 7 }, 'second', 1, true],
    [{ offset: 14, length: 5 }, 'first', 0, false],
    [undefined, undefined, 0, false],
    [{ offset: 20, length: 8 }, 'second', 2, true],
  ]);
  expect([places.count, places.pricing(0), places.pricing(1)]).toEqual([
    5,
    { prices, at: 1_000 },
    { prices, at: 2_000 },
  ]);
});

test('beyond the last request there is nothing', () => {
  const places = createCasePlaces(1, { requests: undefined, prices });
  places.put(0, result('b'));
  expect([places.result(1), places.batchId(1), places.rank(1), places.isReused(1)]).toEqual([
    undefined,
    undefined,
    0,
    false,
  ]);
  expect(places.pricing(1)).toEqual({ prices, at: Number.NaN });
});

test('any number of results of one batch share its name', () => {
  const count = 70_000;
  const places = createCasePlaces(count, { requests: undefined, prices });
  for (let at = 0; at < count; at += 1) places.put(at, result(at < 10 ? 'first' : 'second'));
  expect([9, 10, 65_541, count - 1].map((at) => places.batchId(at))).toEqual(['first', 'second', 'second', 'second']);
});
