import { describe, expect, test } from '@jest/globals';
import { mcnemarMidP } from '../../../src/core/statistics/mid-p.ts';
import { normalCdf } from '../../../src/core/statistics/normal.ts';
import { signFlip } from '../../../src/core/statistics/sign-flip.ts';

describe('McNemar', () => {
  test('100,000 pairs that broke or were fixed are counted exactly', () => {
    const z = 400 / Math.sqrt(100_000);
    expect(mcnemarMidP(50_200, 49_800)).toBeCloseTo(1 - normalCdf(z), 5);
    expect(mcnemarMidP(100_000, 0)).toBe(0);
    expect(mcnemarMidP(0, 100_000)).toBe(1);
  });
});

describe('sign-flip', () => {
  test.each([
    [700, 600],
    [5_200, 4_900],
  ])('with one answer a case it is the mid-p: %i broken, %i fixed', (broken, fixed) => {
    const differences = Array.from({ length: broken + fixed }, (_, at) => (at < broken ? -1 : 1));
    expect(Math.abs(signFlip(differences) - mcnemarMidP(broken, fixed))).toBeLessThan(1e-9);
  });

  test('beyond a sum of 200,000 the normal approximation goes on where the exact figure ends', () => {
    const exact = Array.from({ length: 1_000 }, (_, at) => (at % 25 < 13 ? -200 : 200));
    const beyond = exact.map((one) => one + Math.sign(one));
    expect(exact.reduce((sum, one) => sum + Math.abs(one), 0)).toBe(200_000);
    expect(Math.abs(signFlip(exact) - signFlip(beyond))).toBeLessThan(0.001);
  });

  test('of 100,000 cases that all moved takes seconds, not minutes', () => {
    const began = performance.now();
    const p = signFlip(
      Array.from({ length: 100_000 }, (_, at) => (at % 200 < 101 ? -1 : 1) * (1 + (at % 3 === 0 ? 1 : 0))),
    );
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(0.01);
    expect(performance.now() - began).toBeLessThan(60_000);
  });
});
