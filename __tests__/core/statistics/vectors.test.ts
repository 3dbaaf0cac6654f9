import { describe, expect, test } from '@jest/globals';
import { newcombePaired, wilson } from '../../../src/core/statistics/intervals.ts';
import { fairCoin, isSignificant, mcnemarMidP } from '../../../src/core/statistics/mid-p.ts';
import { normalCdf, normalQuantile } from '../../../src/core/statistics/normal.ts';
import { passPower } from '../../../src/core/statistics/pass-power.ts';
import { findableDrop, pairsNeeded } from '../../../src/core/statistics/sample-size.ts';
import { signFlip } from '../../../src/core/statistics/sign-flip.ts';

const ONE_SIDED = { significance: 0.05, power: 0.8 };

/** Of pairs with one answer each. */
function spreadOf(share: number) {
  return { meanSquare: share, meanSize: share };
}

describe('McNemar', () => {
  // Computed with SciPy 1.17.
  test.each([
    [7, 1, 0.01953125],
    [16, 6, 0.0173448324],
    [6, 1, 0.03515625],
    [3, 0, 0.0625],
    [4, 0, 0.03125],
    [10, 10, 0.5],
    [3, 8, 0.9270019531],
    [0, 5, 0.984375],
    [700, 600, 0.0027717794],
    [0, 0, 1],
  ])('%i broken and %i fixed: mid-p %d', (broken, fixed, p) => {
    expect(Math.abs(mcnemarMidP(broken, fixed) - p)).toBeLessThan(1e-9);
  });

  test('a probability of a millionth has all its digits', () => {
    expect(mcnemarMidP(121, 59)).toBeCloseTo(1.6333234e-6, 13);
  });

  // Fagerland 2013, BMC Med Res Methodol 13:91; the vignette of R's exact2x2; statsmodels.
  test.each([
    [7, 1, 'mid-p', 4, 0.0391],
    [7, 1, 'exact', 4, 0.0703],
    [16, 6, 'mid-p', 4, 0.0347],
    [16, 6, 'exact', 4, 0.0525],
    [9, 2, 'exact', 5, 0.06543],
    [80, 59, 'exact', 6, 0.089452],
    [121, 59, 'exact', 6, 4e-6],
  ])('the published two-sided figures of %i and %i: %s', (more, less, kind, digits, published) => {
    const { above, at } = fairCoin(more + less, more);
    const oneSided = kind === 'exact' ? above + at : mcnemarMidP(more, less);
    expect(Number((2 * oneSided).toFixed(digits))).toBe(published);
  });

  test('a tie with the significance is significant', () => {
    expect(isSignificant(mcnemarMidP(4, 0), 0.03125)).toBe(true);
    expect(isSignificant(0.1 + 0.2, 0.3)).toBe(true);
    expect(isSignificant(0.05 + 1e-9, 0.05)).toBe(false);
  });
});

describe('sign-flip', () => {
  test.each([
    [[-3, -2, -1, -1, 0, 0, 1], 0.078125],
    [[-2, 2, -1, 1], 0.5],
    [[0, 0, 0], 1],
    [[], 1],
    [[1, 2, 3, -1], 0.875],
  ])('of %j: %d', (differences, p) => {
    expect(Math.abs(signFlip(differences) - p)).toBeLessThan(1e-9);
  });

  test.each([
    [7, 1],
    [16, 6],
    [0, 3],
    [70, 60],
  ])('with one answer a case it is the mid-p: %i broken, %i fixed', (broken, fixed) => {
    const differences = Array.from({ length: broken + fixed }, (_, at) => (at < broken ? -1 : 1));
    expect(Math.abs(signFlip(differences) - mcnemarMidP(broken, fixed))).toBeLessThan(1e-9);
  });

  test('agrees with trying every sign', () => {
    const differences = [-6, 4, -3, 3, -2, 2, -1, 0, 5, -5];
    const sum = differences.reduce((total, one) => total + one, 0);
    let [below, at] = [0, 0];
    for (let signs = 0; signs < 2 ** differences.length; signs += 1) {
      const flipped = differences.reduce((total, one, bit) => total + ((signs >> bit) & 1 ? one : -one), 0);
      if (flipped < sum) below += 1;
      if (flipped === sum) at += 1;
    }
    expect(signFlip(differences)).toBeCloseTo((below + at / 2) / 2 ** differences.length, 12);
  });

  // Exactly, one case that fell is a quarter; by the normal distribution, it is one standard deviation below 0.
  test.each([
    [-200_000, 0.25],
    [-200_001, 0.15865525393145707],
    [200_001, 0.8413447460685429],
  ])('the exact figure ends at a sum of 200,000: %i is %d', (difference, p) => {
    expect(signFlip([difference])).toBeCloseTo(p, 12);
  });
});

describe('intervals', () => {
  // statsmodels, R's binom and Newcombe 1998.
  test.each([
    [18, 20, 0.6989663547715128, 0.972133518786232, 9],
    [4, 200, 0.00780442641634947, 0.05028708690582643, 9],
    [0, 30, 0, 0.11351339, 8],
    [30, 30, 0.8864866, 1, 7],
    [81, 263, 0.2553, 0.3662, 4],
  ])("Wilson's of %i of %i", (passed, total, low, high, digits) => {
    const interval = wilson(passed, total);
    expect(Math.abs(interval.low - low)).toBeLessThanOrEqual(0.51 * 10 ** -digits);
    expect(Math.abs(interval.high - high)).toBeLessThanOrEqual(0.51 * 10 ** -digits);
  });

  test("Newcombe's of pairs, as published", () => {
    const { low, high } = newcombePaired({ both: 59, onlyFirst: 6, onlySecond: 16, neither: 80 });
    expect([low, high].map((one) => one.toFixed(4))).toEqual(['-0.1186', '-0.0046']);
  });

  // Computed by another implementation of Newcombe's method 10. The correction is for a positive correlation only.
  test.each([
    [{ both: 10, onlyFirst: 20, onlySecond: 15, neither: 5 }, -0.12803706987782204, 0.3161129101813844],
    [{ both: 10, onlyFirst: 20, onlySecond: 15, neither: 35 }, -0.08299953611979977, 0.20439618809502877],
  ])('of %j: %d to %d', (counts, low, high) => {
    expect(newcombePaired(counts).low).toBeCloseTo(low, 12);
    expect(newcombePaired(counts).high).toBeCloseTo(high, 12);
  });

  test.each([
    [{ both: 10, onlyFirst: 0, onlySecond: 0, neither: 0 }, 0],
    [{ both: 0, onlyFirst: 10, onlySecond: 0, neither: 0 }, 1],
    [{ both: 0, onlyFirst: 0, onlySecond: 10, neither: 0 }, -1],
    [{ both: 5, onlyFirst: 5, onlySecond: 5, neither: 5 }, 0],
    [{ both: 1, onlyFirst: 5, onlySecond: 5, neither: 1 }, 0],
  ])('of %j holds the difference and stays within −1 and 1', (counts, difference) => {
    const { low, high } = newcombePaired(counts);
    expect(low).toBeGreaterThanOrEqual(-1);
    expect(high).toBeLessThanOrEqual(1);
    expect(low).toBeLessThanOrEqual(difference);
    expect(high).toBeGreaterThanOrEqual(difference);
  });
});

describe('how many cases it takes', () => {
  test("Connor's published size", () => {
    const needed = pairsNeeded(0.4, spreadOf(0.5), { significance: 0.05, power: 0.9 });
    expect(needed?.toFixed(2)).toBe('22.81');
  });

  test.each([
    [300, 19 / 300],
    [1_319, 0.05],
    [50, 0.3],
  ])('with %i pairs the drop that is found is the one that takes so many', (pairs, discordant) => {
    const spread = spreadOf(discordant);
    const drop = findableDrop(pairs, spread, ONE_SIDED) ?? Number.NaN;
    expect(pairsNeeded(drop, spread, ONE_SIDED)).toBeCloseTo(pairs, 6);
  });

  test.each([
    ['no pair changed less', 300, 1 / 300],
    ['five pairs', 5, 0.4],
    ['one pair', 1, 1],
    ['none', 0, 0.5],
  ])('too few to find any drop: %s', (_, pairs, discordant) => {
    expect(findableDrop(pairs, spreadOf(discordant), ONE_SIDED)).toBeUndefined();
  });

  test('where all pairs break, only false alarms have to be ruled out', () => {
    expect(pairsNeeded(1, spreadOf(1), ONE_SIDED)).toBeCloseTo(1.6448536269514722 ** 2, 9);
  });

  test.each([0, -0.1, 0.5])('a drop of %d among pairs of which a tenth changed takes no number', (drop) => {
    expect(pairsNeeded(drop, spreadOf(0.1), ONE_SIDED)).toBeUndefined();
  });
});

test.each([
  [3, 2, 2, 1 / 3],
  [5, 4, 3, 0.4],
  [10, 7, 3, 0.2916666666666667],
  [3, 1, 2, 0],
  [3, 3, 3, 1],
])('pass^k of %i answers, %i passing, k = %i', (total, passed, k, probability) => {
  expect(passPower(total, passed, k)).toBeCloseTo(probability, 12);
});

describe('the normal distribution', () => {
  // SciPy 1.17.
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [-3, 0.0013498980316300933],
    [-2.999, 0.0013543365337271057],
    [-6, 9.865876450376946e-10],
    [3.5, 0.9997673709209645],
    [-30, 4.906713927147908e-198],
    [40, 1],
  ])('Φ(%d)', (z, probability) => {
    expect(normalCdf(z) / probability).toBeCloseTo(1, 12);
  });

  test.each([
    [0.95, 1.6448536269514722],
    [0.8, 0.8416212335729143],
    [0.5, 0],
    [0.001, -3.090232306167813],
  ])('the quantile of %d', (probability, z) => {
    expect(normalQuantile(probability)).toBeCloseTo(z, 12);
  });
});
