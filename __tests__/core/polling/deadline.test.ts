import { describe, expect, test } from '@jest/globals';
import { capDeadline, waitDeadline } from '../../../src/core/polling/deadline.ts';

const minutes = (count: number): number => count * 60_000;
const step = Date.UTC(2026, 10, 22, 12);
const job = { startedAtMs: step - minutes(20) };

describe('how long to wait, in minutes after the start of the step', () => {
  test.each([
    ['to five minutes before the end of the job', { wait: 'auto', job, timeoutMinutes: 60 }, 35],
    ['of a job that says no time-out', { wait: 'auto', job, timeoutMinutes: undefined }, 335],
    ['of a job that began nobody knows when', { wait: 'auto', job: undefined, timeoutMinutes: 60 }, 45],
    ['of a job of which nothing is known', { wait: 'auto', job: undefined, timeoutMinutes: undefined }, 345],
    ['not at all in a short job', { wait: 'auto', job, timeoutMinutes: 10 }, -15],
    ['as long as asked', { wait: minutes(7.5), job, timeoutMinutes: 5 }, 7.5],
    ['not at all', { wait: 0, job: undefined, timeoutMinutes: undefined }, 0],
  ] as const)('%s', (_, known, expected) => {
    expect((waitDeadline({ ...known, stepStartedAtMs: step }) - step) / minutes(1)).toBe(expected);
  });
});

test.each([
  [minutes(60), minutes(60)],
  [minutes(24 * 60 + 15), minutes(24 * 60 + 15)],
  [minutes(24 * 60 + 16), minutes(24 * 60 + 15)],
  [Number.POSITIVE_INFINITY, minutes(24 * 60 + 15)],
])('a wait of %d ms after the creation of the last batch ends after %d', (asked, expected) => {
  expect(capDeadline(step + asked, step) - step).toBe(expected);
});
