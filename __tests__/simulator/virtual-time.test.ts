import { describe, expect, test } from '@jest/globals';
import { inject } from '../../simulator/inject.ts';
import { fastClock } from '../../simulator/virtual-time.ts';
import { runProgram } from './child.ts';

const HOUR_MS = 3_600_000;
const baseMs = Date.UTC(2030, 0, 1);
/** An hour takes 1 ms. */
const options = inject('clock', { baseMs: Date.now(), factor: HOUR_MS });
const helpers = `
  import { setTimeout as sleep, scheduler } from 'node:timers/promises';
  import timers from 'node:timers/promises';
  const say = (value) => console.log(JSON.stringify(value));
`;

async function run(program: string, nodeOptions = options): Promise<unknown> {
  const { stdout, stderr, exitCode } = await runProgram(`${helpers}${program}`, nodeOptions);
  expect([stderr, exitCode]).toEqual(['', 0]);
  return JSON.parse(stdout);
}

describe('in a process', () => {
  test.each<[name: string, program: string, said: unknown]>([
    ['a sleep of days is over at once', `await sleep(24 * ${HOUR_MS}); say('over');`, 'over'],
    [
      'a sleep lasts by the clock as long as it should',
      `const begin = Date.now(); await sleep(50 * ${HOUR_MS}); say(Date.now() - begin >= 49 * ${HOUR_MS});`,
      true,
    ],
    [
      'so does one by another name',
      `await scheduler.wait(24 * ${HOUR_MS}); await timers.setTimeout(${HOUR_MS}); say(1);`,
      1,
    ],
    [
      'a sleep brings its value and needs no time',
      `say([await sleep(1, 'value'), await sleep(undefined, 2)]);`,
      ['value', 2],
    ],
    [
      'a sleep can be broken off',
      `say(await sleep(${HOUR_MS} * 100_000, 0, { signal: AbortSignal.abort() }).catch(({ name }) => name));`,
      'AbortError',
    ],
    [
      'other timers keep real time',
      `const first = await Promise.race([new Promise((r) => setTimeout(r, 10_000, 'timer').unref()), sleep(${HOUR_MS}, 'sleep')]); say(first);`,
      'sleep',
    ],
    [
      'a sleep lasts as long by the clock that nothing sets',
      `const begin = performance.now(); await sleep(50 * ${HOUR_MS}); say(performance.now() - begin >= 49 * ${HOUR_MS});`,
      true,
    ],
    [
      'all ways to ask for the present agree',
      `const before = Date.now(); const [made, text] = [new Date(), Date()]; const after = Date.now();
      say([made >= before, made <= after, Date.parse(text) >= before - 1000, Date.parse(text) <= after, Number.isInteger(after)]);`,
      [true, true, true, true, true],
    ],
    [
      'other dates are what they were',
      `const date = new Date(0); class Mine extends Date {}
      say([date, new Date(2020, 1).getMonth(), Date.UTC(2030, 0), date instanceof Date, date.constructor === Date, new Mine(5) instanceof Mine, Date.length]);`,
      ['1970-01-01T00:00:00.000Z', 1, baseMs, true, true, true, 7],
    ],
  ])('%s', async (_, program, said) => {
    expect(await run(program)).toEqual(said);
  });

  test('the clock begins where it is told to', async () => {
    const begin = Date.now();
    const given = inject('clock', { baseMs: begin, factor: 1 });
    const told = await run('say(Date.now());', given);
    expect(told).toBeGreaterThanOrEqual(begin);
    expect(told).toBeLessThanOrEqual(Date.now());
  });
});

describe('a fast clock', () => {
  test('is the same in the simulator and in the process', async () => {
    const clock = fastClock({ factor: 1000 });
    const before = clock.now();
    const there = await run('say(Date.now());', clock.env.NODE_OPTIONS);
    const after = clock.now();
    expect(there).toBeGreaterThanOrEqual(before);
    expect(there).toBeLessThanOrEqual(after);
    expect([before, after].every(Number.isInteger)).toBe(true);
  });

  test('begins at the present', () => {
    const before = Date.now();
    const { now } = fastClock({ factor: 1 });
    expect(now()).toBeGreaterThanOrEqual(before);
    expect(now()).toBeLessThanOrEqual(Date.now());
  });

  test.each([0, 0.5, -1, Number.NaN])('of a factor of %d is none', (factor) => {
    expect(() => fastClock({ factor })).toThrow('give 1 or more');
  });
});
