import { describe, expect, test } from '@jest/globals';
import { capDeadline, readTimeoutMinutes, waitDeadline } from '../../../src/core/polling/deadline.ts';

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

describe('time-out of a job', () => {
  const workflow = `
name: Evals
on: [push]
x-time: &time 45
jobs:
  evals:
    runs-on: ubuntu-latest
    timeout-minutes: 90
    steps:
      - run: sleep 1
        timeout-minutes: 5
  half: { timeout-minutes: 7.5 }
  shared: &job
    timeout-minutes: *time
  same: *job
  silent:
    runs-on: ubuntu-latest
  expression:
    timeout-minutes: \${{ fromJSON(inputs.minutes) }}
  text:
    timeout-minutes: '90'
  zero:
    timeout-minutes: 0
  endless:
    timeout-minutes: .inf
  list: []
`;
  test.each([
    ['evals', 90],
    ['half', 7.5],
    ['shared', 45],
    ['same', 45],
    ...['silent', 'expression', 'text', 'zero', 'endless', 'list', 'absent', 'toString', ''].map(
      (id) => [id, undefined] as const,
    ),
  ] as const)('of %j is %j', (id, expected) => {
    expect(readTimeoutMinutes(workflow, id)).toBe(expected);
  });

  test.each([
    '',
    'jobs:',
    'jobs: [evals]',
    'jobs: *nothing',
    'jobs: {evals: {timeout-minutes: 5}',
    'jobs: {evals: {timeout-minutes: 5, timeout-minutes: 6}}',
    'jobs: &a {evals: *a}',
    '\0',
    '- '.repeat(20_000),
  ])('of bad YAML is unknown', (text) => {
    expect(readTimeoutMinutes(text, 'evals')).toBeUndefined();
  });
});
