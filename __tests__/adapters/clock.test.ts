import { afterEach, describe, expect, test } from '@jest/globals';
import { createClock } from '../../src/adapters/clock.ts';

const HOUR_MS = 3_600_000;
const realNow = Date.now;

afterEach(() => {
  Date.now = realNow;
});

describe('a machine whose time is set while the step waits', () => {
  test.each([
    ['two hours ahead', 2 * HOUR_MS],
    ['two hours back', -2 * HOUR_MS],
  ])('%s: waiting goes on as before, and dates are those of the machine', (_, jumpMs) => {
    const clock = createClock(new AbortController().signal);
    const before = clock.now();
    expect(Math.abs(before - realNow())).toBeLessThan(1_000);
    Date.now = () => realNow() + jumpMs;
    expect(clock.now() - before).toBeGreaterThanOrEqual(0);
    expect(clock.now() - before).toBeLessThan(1_000);
    expect(Math.abs(clock.date() - realNow() - jumpMs)).toBeLessThan(1_000);
  });
});
