/**
 * Runs inside another process, before its own code: `Date` and `performance.now` move `factor` times as fast as the real
 * clock (`Date` was `baseMs` at the real time `startMs`), and the sleeps of `node:timers/promises` are that much shorter.
 * All other timers keep real time, because the time-outs of clients guard real sockets.
 */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const {
  baseMs,
  startMs = baseMs,
  factor,
} = JSON.parse(decodeURIComponent(new URL(import.meta.url).hash.slice(1))) as {
  readonly baseMs: number;
  readonly startMs?: number;
  readonly factor: number;
};

const realNow = Date.now;
const now = (): number => Math.floor(baseMs + (realNow() - startMs) * factor);

Date.now = now;
globalThis.Date = new Proxy(Date, {
  apply: (RealDate) => new RealDate(now()).toString(),
  construct: (RealDate, given: unknown[], target) =>
    Reflect.construct(RealDate, given.length === 0 ? [now()] : given, target),
});
Date.prototype.constructor = Date;

const realElapsed = performance.now.bind(performance);
performance.now = () => realElapsed() * factor;

const { setTimeout: sleep } = timers;
timers.setTimeout = (ms, ...rest) => sleep(ms === undefined ? ms : ms / factor, ...rest);
timers.scheduler.wait = (ms, options) => sleep(ms / factor, undefined, options);
syncBuiltinESMExports();
