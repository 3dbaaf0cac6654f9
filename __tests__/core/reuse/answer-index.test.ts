import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Ending } from '../../../src/core/results/result.ts';
import { isFresh } from '../../../src/core/reuse/age.ts';
import { type AnswerIndex, carryForward, collectAnswers, mergeIndexes } from '../../../src/core/reuse/answer-index.ts';
import { anyIndex, DAY_MS, digestsOf, indexOf, keptOf, keyOf, NOW_MS } from './kept.ts';

const WINDOW = { nowMs: NOW_MS, reuseDays: 14 };
const isAnswerOf = (index: AnswerIndex, key: string) => index.get(key)?.answeredAtMs ?? -Infinity;

describe('an answer is young enough', () => {
  test.each([
    [14, 14, true],
    [14.01, 14, false],
    [28, 28, true],
    // Results last 29 days, and their download takes time.
    [28.9, 100, true],
    [29, 100, false],
    [-0.5, 1, true],
  ])('%d days old, of %d: %j', (age, reuseDays, expected) => {
    expect(isFresh(NOW_MS - age * DAY_MS, { nowMs: NOW_MS, reuseDays })).toBe(expected);
  });
});

describe('merged indexes', () => {
  test('have the newest answer of each request, of equally old ones that of the first index', () => {
    const own = indexOf({ a: keptOf('own', 2), b: keptOf('own', 2), c: keptOf('own', 2) });
    const base = indexOf({ a: keptOf('base', 1), b: keptOf('base', 3), c: keptOf('base', 2), d: keptOf('base', 2) });
    expect(mergeIndexes([own, base])).toEqual(
      indexOf({ a: keptOf('base', 1), b: keptOf('own', 2), c: keptOf('own', 2), d: keptOf('base', 2) }),
    );
    expect(mergeIndexes([])).toEqual(new Map());
  });

  test('hold all requests of all, the newest of each, and change none of them', () => {
    fc.assert(
      fc.property(fc.array(anyIndex, { maxLength: 4 }), (indexes) => {
        const before = indexes.map((index) => [...index]);
        const merged = mergeIndexes(indexes);
        expect(new Set(merged.keys())).toEqual(new Set(indexes.flatMap((index) => [...index.keys()])));
        for (const [key, answer] of merged) {
          const all = indexes.map((index) => isAnswerOf(index, key));
          expect(answer.answeredAtMs).toBe(Math.max(...all));
          expect(answer).toEqual(indexes[all.indexOf(answer.answeredAtMs)]?.get(key));
        }
        expect(indexes.map((index) => [...index])).toEqual(before);
      }),
    );
  });
});

describe('what a ref keeps', () => {
  const own = indexOf({ a: keptOf('old', 10), b: keptOf('old', 10), c: keptOf('oldest', 15) });

  test('is what is new, and its own that is young enough', () => {
    const next = carryForward(own, indexOf({ a: keptOf('new', 0), d: keptOf('new', 0) }), WINDOW);
    expect(next).toEqual(indexOf({ a: keptOf('new', 0), b: keptOf('old', 10), d: keptOf('new', 0) }));
  });

  test.each<[string, AnswerIndex]>([
    ['no answer', new Map()],
    ['the same once more', indexOf({ a: keptOf('old', 10), b: keptOf('old', 10) })],
    ['an older one', indexOf({ a: keptOf('other', 11) })],
    ['one that is too old', indexOf({ d: keptOf('other', 15), c: keptOf('other', 14.5) })],
  ])('is not saved again for %s', (_, got) => {
    expect(carryForward(own, got, WINDOW)).toBeUndefined();
  });

  test('is what was got and not what claims to be of the future, unless that is the same', () => {
    const forged = indexOf({ a: keptOf('forged', -0.5), b: keptOf('behind', -0.5), c: keptOf('forged', -0.5) });
    const got = indexOf({ a: keptOf('new', 0), b: keptOf('behind', -0.5) });
    expect(carryForward(forged, got, WINDOW)).toEqual(
      indexOf({ a: keptOf('new', 0), b: keptOf('behind', -0.5), c: keptOf('forged', -0.5) }),
    );
    expect(carryForward(forged, indexOf({ b: keptOf('behind', -0.5) }), WINDOW)).toBeUndefined();
  });

  test('loses no answer that is young enough and has no newer one', () => {
    fc.assert(
      fc.property(anyIndex, anyIndex, (mine, got) => {
        const next = carryForward(mine, got, WINDOW);
        if (next === undefined) return;
        const young = [...mergeIndexes([mine, got])].filter(([, { answeredAtMs }]) => isFresh(answeredAtMs, WINDOW));
        expect(next).toEqual(new Map(young));
      }),
    );
  });
});

describe('answers of a run', () => {
  const answered = (stopReason: string | null): Ending => ({
    kind: 'succeeded',
    message: { model: 'm', stopReason, usage: undefined, hasOutput: true, isEmpty: false, ranCode: false },
  });
  const batch = { id: 'msgbatch_1', createdAtMs: NOW_MS };
  const collect = (ending: Ending, from = batch) => {
    const collector = collectAnswers(digestsOf(['a', 'b']));
    collector.add(1, ending, from);
    return collector.answers;
  };

  test.each([
    ['end_turn', 'end_turn'],
    ['refusal', 'refusal'],
    ['max_tokens', 'max_tokens'],
    [null, ''],
    ['<img onerror>', ''],
  ])('one that ends with %j is kept with %j', (stopReason, kept) => {
    expect(collect(answered(stopReason))).toEqual(
      new Map([[keyOf('b'), { batchId: 'msgbatch_1', answeredAtMs: NOW_MS, stopReason: kept }]]),
    );
  });

  test.each<[string, Ending, typeof batch]>([
    ['a turn that waits to go on', answered('pause_turn'), batch],
    ['an error', { kind: 'errored', type: 'api_error', message: '' }, batch],
    ['an expired one', { kind: 'expired' }, batch],
    ['a canceled one', { kind: 'canceled' }, batch],
    ['one without a time', answered('end_turn'), { ...batch, createdAtMs: Number.NaN }],
    ['one of a batch without a name', answered('end_turn'), { ...batch, id: '../a' }],
  ])('%s is not', (_, ending, from) => {
    expect(collect(ending, from)).toEqual(new Map());
  });
});
