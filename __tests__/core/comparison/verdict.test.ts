import { describe, expect, test } from '@jest/globals';
import type { Judge } from '../../../src/core/asserts/judgement.ts';
import { compareCases } from '../../../src/core/comparison/compare.ts';
import type { Tally } from '../../../src/core/comparison/tally.ts';
import { type Baseline, verdictOf } from '../../../src/core/comparison/verdict.ts';
import type { Gates } from '../../../src/core/inputs/inputs.ts';
import { casesOf, GATES, graded, pairsOf, tallyOf } from './cases.ts';

const NONE: Baseline = { kind: 'none', why: { code: 'turned-off' } };
const JUDGE: Judge = { model: 'claude-sonnet-5', prompt: 1 };
const TALLY = tallyOf(casesOf('p p p f'));

function verdict(given: { tally?: Tally; judge?: Judge | null; baseline?: Baseline; gates?: Partial<Gates> }) {
  const { tally = TALLY, judge = null, baseline = NONE, gates = {} } = given;
  return verdictOf({ tally, judge }, baseline, { ...GATES, ...gates });
}

/** Against a baseline of 300 cases, of which so many broke and so many were fixed. */
function against(broken: number, fixed: number, judge: Judge | null = null): Baseline {
  const { now, before } = pairsOf({ both: 300 - broken - fixed - 20, broken, fixed, neither: 20 });
  return { kind: 'compared', comparison: compareCases(now, before, 0.05), judge };
}

describe('first, what fails whatever the baseline says', () => {
  test('a required case', () => {
    const tally = tallyOf([
      graded('a', 'p'),
      graded('b', 'f', { required: true }),
      graded('c', 'f', { required: true }),
    ]);
    expect(verdict({ tally, baseline: against(0, 20), gates: { minPassRateMicroPercent: 90_000_000 } })).toEqual({
      verdict: 'fail',
      failsStep: true,
      because: { code: 'required-failed', first: 'b', count: 2 },
    });
  });

  test('a required case that is ungraded does not fail', () => {
    const tally = tallyOf([graded('a', '-', { required: true }), graded('b', 'p')]);
    expect(verdict({ tally, gates: { maxDropMicroPercent: undefined } }).verdict).toBe('pass');
  });

  test.each([
    ['p p p f', 75_000_000, undefined],
    ['p p p f', 75_000_001, '75.0'],
    ['p p p f -', 80_000_000, '75.0'],
    ['p f f', 33_330_000, undefined],
    ['p f f', 33_340_000, '33.3'],
    // Read as 33.3, it would be the limit.
    ['p f f', 33_300_000, undefined],
    ['p p f', 66_700_000, '66.67'],
    ['f f', 50_000_000, '0.0'],
  ])('a pass rate of %s with at least %i millionths of a percent', (answers, minPassRateMicroPercent, rate) => {
    const { because } = verdict({ tally: tallyOf(casesOf(answers)), gates: { minPassRateMicroPercent } });
    const isBelow = because.code === 'below-min-pass-rate';
    expect(isBelow ? because.rate : undefined).toBe(rate);
  });

  test.each([
    // Three of four is the best that could come of it.
    ['p f u u', 90_000_000, 'below-min-pass-rate'],
    ['p f u u', 75_000_000, 'too-many-ungraded'],
    // Without a judge only failures are certain.
    ['f f u u u u u u u u u u u u u u u u u u', 90_000_000, 'too-many-ungraded'],
    // As many as may be ungraded are left out.
    [`f ${'p '.repeat(18)}u`, 95_000_000, 'below-min-pass-rate'],
  ])('%s with at least %i millionths of a percent: %s', (answers, minPassRateMicroPercent, code) => {
    const { because } = verdict({ tally: tallyOf(casesOf(answers)), gates: { minPassRateMicroPercent } });
    expect(because.code).toBe(code);
  });
});

describe('second, what cannot be compared', () => {
  test('no case is graded', () => {
    expect(verdict({ tally: tallyOf(casesOf('u - u')), gates: { minPassRateMicroPercent: 90_000_000 } })).toEqual({
      verdict: 'not-comparable',
      failsStep: true,
      because: { code: 'nothing-graded', cases: 3, lacksJudge: false },
    });
  });

  test.each(['ppu ppu', 'pp- fp-', 'p- ff- ff-'])('no case is graded although answers of %s are', (answers) => {
    const open = casesOf(answers).map((one) => ({ ...one, pass: null }));
    const gates = { minPassRateMicroPercent: 90_000_000, maxUngradedMicroPercent: 100_000_000 };
    const comparison = compareCases(open, casesOf(answers.replace(/[u-]/g, 'p'), { batch: 'msgbatch_before' }), 0.05);
    expect(comparison).toMatchObject({ pairs: 0, broken: [], leftOut: { ungraded: open.map(({ id }) => id) } });
    const tally = tallyOf(open);
    expect(tally).toMatchObject({ flaky: 0, passRate: undefined });
    expect(verdict({ tally, gates, baseline: { kind: 'compared', comparison, judge: null } })).toMatchObject({
      verdict: 'not-comparable',
      failsStep: true,
      because: { code: 'nothing-graded', cases: open.length },
    });
  });

  test.each([
    [19, 'u', 'no-baseline'],
    [18, 'u', 'too-many-ungraded'],
    [18, '-', 'no-baseline'],
  ])('%i graded cases and one %s: %s', (graded, letter, code) => {
    const tally = tallyOf(casesOf([...Array(graded).fill('p'), letter].join(' ')));
    expect(verdict({ tally }).because.code).toBe(code);
  });

  test('it fails the step, also where nothing else is demanded', () => {
    const tally = tallyOf(casesOf('p u'));
    expect(verdict({ tally, gates: { maxDropMicroPercent: undefined } })).toEqual({
      verdict: 'not-comparable',
      failsStep: true,
      because: { code: 'too-many-ungraded', undecided: 1, cases: 2, maxPercent: 5, lacksJudge: false },
    });
  });
});

test('third, without a limit a drop informs only', () => {
  expect(verdict({ baseline: against(100, 0), gates: { maxDropMicroPercent: undefined } })).toEqual({
    verdict: 'pass',
    failsStep: false,
    because: { code: 'no-limit' },
  });
});

describe('fourth, no comparison', () => {
  const NO_PAIR: Baseline = { kind: 'compared', comparison: compareCases([], [], 0.05), judge: null };
  test.each([
    ['no baseline', NONE, 'no-baseline'],
    ['an incomplete one', { kind: 'incomplete' }, 'baseline-incomplete'],
    ['an unreadable one', { kind: 'unreadable' }, 'baseline-unreadable'],
    ['no pair', NO_PAIR, 'no-pairs'],
  ] as [string, Baseline, string][])('%s: yellow, or red on demand', (_, baseline, code) => {
    expect(verdict({ baseline })).toMatchObject({ verdict: 'not-comparable', failsStep: false, because: { code } });
    expect(verdict({ baseline, gates: { onInconclusive: 'fail' } }).failsStep).toBe(true);
  });

  test.each([
    [JUDGE, { ...JUDGE, model: 'claude-opus-5' }, 'other-judge'],
    [JUDGE, { ...JUDGE, prompt: 2 }, 'other-judge'],
    [JUDGE, { ...JUDGE }, 'not-worse'],
    [JUDGE, null, 'not-worse'],
    [null, JUDGE, 'not-worse'],
  ])('judged by %j and before by %j', (judge, before, code) => {
    expect(verdict({ judge, baseline: against(3, 3, before) }).because.code).toBe(code);
  });
});

describe('fifth, the table', () => {
  test.each([
    // Drop above the limit of two points, and rare or not among runs that are no worse.
    [15, 4, 'fail', 'fell', true],
    [23, 16, 'inconclusive', 'may-be-chance', false],
    // At most the limit.
    [6, 0, 'pass', 'small-but-real', false],
    [8, 4, 'pass', 'within-limit', false],
    // Exactly the limit is allowed.
    [12, 6, 'pass', 'within-limit', false],
    [13, 6, 'inconclusive', 'may-be-chance', false],
    // No drop.
    [10, 10, 'pass', 'not-worse', false],
    [4, 15, 'pass', 'not-worse', false],
    [0, 0, 'pass', 'not-worse', false],
  ])('%i broken and %i fixed of 300: %s', (broken, fixed, expected, code, failsStep) => {
    expect(verdict({ baseline: against(broken, fixed) })).toMatchObject({
      verdict: expected,
      failsStep,
      because: { code },
    });
  });

  test('inconclusive fails on demand, and nothing else does', () => {
    const gates = { onInconclusive: 'fail' } as const;
    expect(verdict({ baseline: against(23, 16), gates })).toMatchObject({ verdict: 'inconclusive', failsStep: true });
    expect(verdict({ baseline: against(8, 4), gates })).toMatchObject({ verdict: 'pass', failsStep: false });
  });

  test('a tie with the significance fails', () => {
    const gates = { significance: 0.03125, maxDropMicroPercent: 0 };
    expect(verdict({ baseline: against(4, 0), gates }).verdict).toBe('fail');
    expect(verdict({ baseline: against(3, 0), gates }).verdict).toBe('inconclusive');
  });

  test('the drop has as many digits as it takes to tell it from the limit', () => {
    expect(verdict({ baseline: against(15, 4) }).because).toMatchObject({ drop: '3.7', maxDrop: 2 });
    expect(verdict({ baseline: against(15, 4), gates: { maxDropMicroPercent: 3_700_000 } }).because).toMatchObject({
      drop: '3.67',
    });
    expect(verdict({ baseline: against(12, 6) }).because).toMatchObject({ drop: '2.0' });
  });
});

test.each([0, 5, 280])('every pair is the same answer, of which %i were graded otherwise: nothing fell', (broken) => {
  const { now } = pairsOf({ both: 280 - broken, broken, fixed: 0, neither: 20 });
  const before = now.map((one) => ({ ...one, ...graded(one.id, 'p', { batch: 'msgbatch_now' }) }));
  const baseline: Baseline = { kind: 'compared', comparison: compareCases(now, before, 0.05), judge: null };
  expect(verdict({ baseline })).toMatchObject({
    verdict: 'pass',
    because: { code: 'same-answers', pairs: 300, regraded: broken + 20 },
  });
});
