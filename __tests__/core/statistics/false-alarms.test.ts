import { expect, test } from '@jest/globals';
import { isSignificant, mcnemarMidP } from '../../../src/core/statistics/mid-p.ts';

/** Probability of each number of successes in `n` tries. */
function binomial(n: number, p: number): number[] {
  const weights = [1];
  const middle = Math.floor(n * p);
  const at = (k: number) => weights[k] ?? 0;
  weights[middle] = 1;
  for (let k = middle; k < n; k += 1) weights[k + 1] = (at(k) * (n - k) * p) / ((k + 1) * (1 - p));
  for (let k = middle; k > 0; k -= 1) weights[k - 1] = (at(k) * k * (1 - p)) / ((n - k + 1) * p);
  const total = weights.reduce((sum, one) => sum + one, 0);
  return weights.map((one) => one / total);
}

/**
 * How often two runs of one model differ significantly, over all that can happen. `between`: share of the variance of an answer that is
 * between cases, so that a pair breaks with rate · (1 − rate) · (1 − between), and is fixed as often.
 */
function falseAlarmRate(cases: number, rate: number, between: number): number {
  let alarms = 0;
  for (const [changed, probability] of binomial(cases, 2 * rate * (1 - rate) * (1 - between)).entries()) {
    if (probability < 1e-12) continue;
    // Among those that changed, the fewest broken ones that are significant.
    const broken = binomial(changed, 0.5);
    let tail = 0;
    for (let count = changed; count >= 0 && isSignificant(mcnemarMidP(count, changed - count), 0.05); count -= 1) {
      tail += broken[count] ?? 0;
    }
    alarms += probability * tail;
  }
  return alarms;
}

const SCENARIOS: readonly (readonly [number, number, number, number])[] = [
  [50, 0.6, 0, 0.0485],
  [50, 0.8, 0.5, 0.0386],
  [100, 0.8, 0, 0.05],
  [100, 0.9, 0.5, 0.0404],
  [300, 0.8, 0.5, 0.0493],
  [300, 0.95, 0.8, 0.0328],
  [1_319, 0.6, 0, 0.0499],
  [1_319, 0.95, 0.5, 0.0492],
];

test.each(SCENARIOS)(
  'two runs of one model, %i cases, pass rate %d, %d between cases: significant in %d of runs',
  (cases, rate, between, expected) => {
    const found = falseAlarmRate(cases, rate, between);
    expect(Number(found.toFixed(4))).toBe(expected);
    expect(found).toBeLessThanOrEqual(0.0501);
  },
);
