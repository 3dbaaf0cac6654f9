import { describe, expect, test } from '@jest/globals';
import { compareCases } from '../../../src/core/comparison/compare.ts';
import { printPercent, printProbability } from '../../../src/core/statistics/fraction.ts';
import { casesOf, graded, pairsOf, tallyOf } from './cases.ts';

const before = { batch: 'msgbatch_before' };

function figuresOf(now: string, then: string) {
  const { figures } = compareCases(casesOf(now), casesOf(then, before), 0.05);
  if (figures === undefined) throw new Error('no pair');
  return figures;
}

describe('pairs', () => {
  test('are found by ID, whatever the order and the number of answers', () => {
    const comparison = compareCases(
      [graded('a', 'p'), graded('b', 'f'), graded('new', 'p'), graded('c', 'p'), graded('d', 'u')],
      [
        graded('d', 'p', before),
        graded('c', 'fpf', before),
        graded('b', 'p', before),
        graded('gone', 'p', before),
        graded('a', 'p', before),
      ],
      0.05,
    );
    expect(comparison).toMatchObject({
      pairs: 3,
      broken: ['b'],
      fixed: ['c'],
      leftOut: { added: ['new'], removed: ['gone'], assertsChanged: [], ungraded: ['d'] },
    });
  });

  test('whose asserts changed are left out, those whose request changed are marked', () => {
    const comparison = compareCases(
      [graded('a', 'f', { assertsDigest: 'other' }), graded('b', 'p', { requestDigest: 'other' }), graded('c', 'p')],
      [graded('a', 'p', before), graded('b', 'p', before), graded('c', 'p', before)],
      0.05,
    );
    expect(comparison).toMatchObject({
      pairs: 2,
      broken: [],
      requestChanged: ['b'],
      leftOut: { assertsChanged: ['a'] },
    });
  });

  test('that are the same answer count apart and are no evidence, also where a judge now says otherwise', () => {
    const comparison = compareCases(
      [graded('a', 'p'), graded('b', 'f'), graded('c', 'f'), graded('d', 'pf')],
      [graded('a', 'p'), graded('b', 'p'), graded('c', 'p', before), graded('d', 'pf')],
      0.05,
    );
    expect(comparison).toMatchObject({ pairs: 4, sameAnswers: 3, regraded: 1, broken: ['c'], fixed: [] });
    const { figures } = comparison;
    expect(figures && [figures.now, figures.before, figures.drop].map((one) => printPercent(one, 2))).toEqual([
      '37.50',
      // As the baseline's run graded them.
      '87.50',
      '25.00',
    ]);
    expect(figures?.p).toBe(0.25);
  });

  test('whose custom ID is the same in another batch are two answers', () => {
    expect(compareCases(casesOf('f'), casesOf('p', before), 0.05)).toMatchObject({
      sameAnswers: 0,
      broken: ['case-0'],
    });
  });

  test('a name like __proto__ is a name', () => {
    const comparison = compareCases([graded('__proto__', 'f')], [graded('__proto__', 'p', before)], 0.05);
    expect(comparison.broken).toEqual(['__proto__']);
  });

  test('none: there are no figures', () => {
    expect(compareCases(casesOf('u'), casesOf('p', before), 0.05)).toMatchObject({ pairs: 0, figures: undefined });
    expect(compareCases([], [], 0.05).figures).toBeUndefined();
  });
});

describe('figures', () => {
  test('one answer a case: rates, drop and mid-p are exact', () => {
    const { now, before } = pairsOf({ both: 259, broken: 15, fixed: 4, neither: 22 });
    const { figures, broken, fixed } = compareCases(now, before, 0.05);
    expect([broken.length, fixed.length]).toEqual([15, 4]);
    expect(figures).toMatchObject({ test: 'mid-p', isSpreadAssumed: false });
    expect(figures && [figures.now, figures.before, figures.drop].map((one) => printPercent(one, 2))).toEqual([
      '87.67',
      '91.33',
      '3.67',
    ]);
    expect(figures && printProbability(figures.p)).toBe('0.00590897');
    expect(((figures?.findable ?? 0) * 100).toFixed(1)).toBe('3.6');
  });

  test('repeats: case means, ungraded answers left out, and the sign-flip test', () => {
    // Case means now ⅓, ½, 1, 0; before 1, 1, ½, 0.
    const figures = figuresOf('fpf pfu ppp fff', 'ppp ppp pfu fff');
    expect(figures).toMatchObject({ test: 'sign-flip', interval: undefined });
    expect([figures.now, figures.before, figures.drop].map((one) => printPercent(one, 2))).toEqual([
      '45.83',
      '62.50',
      '16.67',
    ]);
    // Differences −4, −3, +3 in sixths: of the eight sums, −10 is below −4, and −4 occurs twice.
    expect(figures.p).toBeCloseTo(0.25, 12);
  });

  test('equal shares of different sizes are neither broken nor fixed', () => {
    expect(compareCases(casesOf('ppffpf'), casesOf('pf', before), 0.05)).toMatchObject({ broken: [], fixed: [] });
  });

  test('answers of the same means, one each or three each, give the same p-value', () => {
    expect(figuresOf('fff fff ppp ppp', 'ppp ppp fff ppp').p).toBeCloseTo(figuresOf('f f p p', 'p p f p').p, 12);
  });

  test('nothing changed: p is 1, and what could have been found is assumed', () => {
    const figures = figuresOf(Array(300).fill('p').join(' '), Array(300).fill('p').join(' '));
    expect(figures).toMatchObject({ p: 1, isSpreadAssumed: true, moreCases: undefined });
    expect(((figures.findable ?? 0) * 100).toFixed(1)).toBe('4.5');
  });

  test('a drop that may be chance: how many more cases would settle it', () => {
    const { now, before } = pairsOf({ both: 249, broken: 23, fixed: 16, neither: 12 });
    expect(compareCases(now, before, 0.05).figures?.moreCases).toBe(1_174);
  });

  test('no more than 10,000 more cases are estimated', () => {
    const { now, before } = pairsOf({ both: 200, broken: 21, fixed: 20, neither: 59 });
    expect(compareCases(now, before, 0.05).figures?.moreCases).toBe(10_000);
  });

  test('a few cases find no drop at all', () => {
    expect(figuresOf('p f p p', 'p p p p').findable).toBeUndefined();
  });
});

describe('models', () => {
  const models = (now: readonly string[], then: readonly string[]) =>
    compareCases(
      now.map((model, at) => graded(`case-${at}`, 'p', { model })),
      then.map((model, at) => graded(`case-${at}`, 'p', { model, ...before })),
      0.05,
    ).modelChange;

  test.each([
    ['most have another', ['b', 'b', 'a'], ['a', 'a', 'a'], { before: 'a', now: 'b' }],
    ['half have another', ['b', 'a'], ['a', 'a'], undefined],
    ['an alias and its date', ['claude-haiku-4-5-20251001'], ['claude-haiku-4-5'], undefined],
    [
      'two dates',
      ['claude-x-20251001'],
      ['claude-x-20251101'],
      { before: 'claude-x-20251101', now: 'claude-x-20251001' },
    ],
    ['unknown before', ['b'], [''], undefined],
    ['the most frequent change', ['b', 'c', 'c'], ['a', 'a', 'a'], { before: 'a', now: 'c' }],
  ])('%s', (_, now, then, expected) => {
    expect(models(now, then)).toEqual(expected);
  });
});

test('scores are compared where both sides have the metric', () => {
  const scores = (...entries: [string, number][]) => ({ scores: new Map(entries) });
  const comparison = compareCases(
    [graded('a', 'p', scores(['tone', 1], ['facts', 0.5])), graded('b', 'p', scores(['tone', 0.5], ['new', 1]))],
    [
      graded('a', 'p', { ...before, ...scores(['tone', 0.5], ['facts', 1]) }),
      graded('b', 'p', { ...before, ...scores(['tone', 0.5]) }),
    ],
    0.05,
  );
  expect(comparison.scores).toEqual([
    { metric: 'tone', pairs: 2, now: 0.75, before: 0.5 },
    { metric: 'facts', pairs: 1, now: 0.5, before: 1 },
  ]);
});

describe('the tally of a run', () => {
  test('counts cases, and takes the mean of their shares', () => {
    const tally = tallyOf([
      graded('a', 'p'),
      graded('b', 'ppf', { pass: false, required: true }),
      graded('c', 'u'),
      graded('d', '-', { required: true }),
      graded('e', 'fp', { pass: true }),
    ]);
    expect(tally).toMatchObject({
      cases: 5,
      passed: 2,
      failed: 1,
      ungraded: 2,
      undecided: 1,
      flaky: 2,
      requiredFailed: ['b'],
      requiredUngraded: ['d'],
    });
    // (1 + ⅔ + ½) / 3
    expect(tally.passRate && printPercent(tally.passRate, 2)).toBe('72.22');
  });

  test('has no pass rate where nothing is graded', () => {
    expect(tallyOf(casesOf('u -')).passRate).toBeUndefined();
  });
});
