import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LeapingClock, leapingClock } from '../../simulator/leaping-clock.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { runProgram } from './child.ts';

const HOUR_MS = 3_600_000;

let clock: LeapingClock;
let server: Server;

beforeEach(async () => {
  clock = await leapingClock();
  server = await startServer({ handlers: [() => ({ status: 200, body: 'done' })], sleep: clock.sleep });
  clock.isBusy = server.isBusy;
});

afterEach(async () => {
  clock.stop();
  await server.stop();
});

/** What a program says, which knows the address of the server as `origin`. */
async function run(program: string, env = clock.env()): Promise<unknown> {
  const helpers = `
    import { exec } from 'node:child_process';
    import { get } from 'node:http';
    import { setTimeout as sleep } from 'node:timers/promises';
    const HOUR = ${HOUR_MS}, origin = '${server.origin}';
    const say = (value) => console.log(JSON.stringify(value));
  `;
  const { stdout, stderr, exitCode } = await runProgram(`${helpers}${program}`, env.NODE_OPTIONS);
  expect([stderr, exitCode]).toEqual(['', 0]);
  return JSON.parse(stdout);
}

describe('in a process', () => {
  test.each<[name: string, program: string, said: unknown]>([
    ['hours of sleep are over at once', 'await sleep(9 * HOUR); say(1);', 1],
    [
      'all clocks leap alike',
      `const [date, time, fine] = [Date.now(), performance.now(), process.hrtime.bigint()];
      await sleep(9 * HOUR);
      say([Date.now() - date, performance.now() - time, Number(process.hrtime.bigint() - fine) / 1e6].map((ms) => Math.round(ms / HOUR)));`,
      [9, 9, 9],
    ],
    [
      'timers fire in their order',
      `const order = [];
      for (const hours of [3, 1, 2]) setTimeout(() => order.push(hours), hours * HOUR);
      const every = setInterval(() => order.push('x'), 1.5 * HOUR);
      clearTimeout(setTimeout(() => order.push('never'), HOUR));
      setTimeout(() => { clearInterval(every); say(order); }, 3.2 * HOUR);`,
      [1, 'x', 2, 3, 'x'],
    ],
    [
      'hours are over at once after something that could not be unpacked',
      `const { createGunzip } = await import('node:zlib');
      const broken = createGunzip().on('error', () => {});
      broken.end('no gzip');
      await new Promise((resolve) => broken.once('close', resolve));
      await sleep(9 * HOUR); say(1);`,
      1,
    ],
    [
      'a signal that times out does',
      `AbortSignal.timeout(9 * HOUR).onabort = () => say(1); await sleep(10 * HOUR);`,
      1,
    ],
    [
      'another program takes its real time',
      `const first = sleep(HOUR, 'the sleep');
      say(await Promise.race([first, new Promise((resolve) => exec('sleep 0.2', () => resolve('the program')))]));`,
      'the program',
    ],
  ])('%s', async (_, program, said) => {
    expect(await run(program)).toEqual(said);
  });

  test('an answer that is late comes before a limit that is later, and after one that is earlier', async () => {
    server.faults.push({ method: 'GET', path: /late/, times: 2, does: { kind: 'delay', ms: 2 * HOUR_MS } });
    const limited = (hours: number) => `
      say(await new Promise((resolve) => {
        const asked = get(origin + '/late', (answer) => resolve(answer.statusCode));
        asked.on('error', () => undefined);
        asked.setTimeout(${hours} * HOUR, () => { resolve('too late'); asked.destroy(); });
      }));`;
    expect(await run(limited(3))).toBe(200);
    expect(await run(limited(1))).toBe('too late');
  });

  test('a connection is refused as often as asked for', async () => {
    const ask = `await new Promise((resolve) => get(origin + '/a', { agent: false }, (answer) => resolve(answer.statusCode)).on('error', ({ code }) => resolve(code)))`;
    const env = clock.env([{ head: '^GET /a HTTP', body: '', times: 1 }]);
    expect(await run(`say([${ask}, ${ask}]);`, env)).toEqual(['ECONNREFUSED', 200]);
    expect(server.exchanges).toHaveLength(1);
  });
});

test('the simulator keeps the time of the process', async () => {
  const beforeMs = clock.now();
  await run('await sleep(9 * HOUR); say(1);');
  expect(Math.floor((clock.now() - beforeMs) / HOUR_MS)).toBe(9);
});
