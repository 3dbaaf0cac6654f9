/**
 * Runs inside another process, before its own code: code that finds `time` below can move all clocks and timers, including
 * those of clients and sockets. Until then, time passes as usual.
 */
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { promisify } from 'node:util';

const settings = JSON.parse(decodeURIComponent(new URL(import.meta.url).hash.slice(1))) as {
  readonly offsetMs: number;
};

const MAX_DELAY_MS = 2 ** 31 - 1;

const real = {
  dateNow: Date.now,
  performanceNow: performance.now.bind(performance),
  hrtime: process.hrtime.bigint.bind(process.hrtime),
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
};

const time = {
  real,
  offsetMs: settings.offsetMs,
  /** Counts what sockets read and write. */
  traffic: 0,
  /** The socket that does not count as traffic. */
  line: undefined as net.Socket | undefined,
  now: (): number => real.performanceNow() + time.offsetMs,
  earliestMs: (): number => Math.min(...[...armed].map(({ dueMs }) => dueMs)),
  fireDue,
};
Object.defineProperty(globalThis, Symbol.for('simulated time'), { value: time });

let made = 0;
const armed = new Set<Timer>();
const numbered = new Map<number, Timer>();

type Callback = (...args: unknown[]) => void;

/** What stands in for a timer of Node. A real one keeps the process alive as long as this one does, and fires it if time does not leap. */
class Timer {
  readonly number = ++made;
  dueMs = 0;
  isReferenced = true;
  handle: NodeJS.Timeout | undefined;
  readonly callback: Callback;
  readonly args: unknown[];
  readonly delayMs: number;
  readonly repeats: boolean;

  constructor(callback: Callback, ms: unknown, args: unknown[], repeats: boolean) {
    const given = Number(ms);
    this.delayMs = given >= 1 && given <= MAX_DELAY_MS ? given : 1;
    this.callback = callback;
    this.args = args;
    this.repeats = repeats;
    this.refresh();
  }

  refresh(): this {
    this.close();
    this.dueMs = time.now() + this.delayMs;
    this.handle = real.setTimeout(() => this.fire(), this.delayMs);
    if (!this.isReferenced) this.handle.unref();
    armed.add(this);
    return this;
  }

  fire(): void {
    this.close();
    if (this.repeats) this.refresh();
    this.callback(...this.args);
  }

  close(): this {
    real.clearTimeout(this.handle);
    armed.delete(this);
    return this;
  }

  ref(): this {
    this.isReferenced = true;
    this.handle?.ref();
    return this;
  }

  unref(): this {
    this.isReferenced = false;
    this.handle?.unref();
    return this;
  }

  hasRef(): boolean {
    return this.isReferenced;
  }

  [Symbol.toPrimitive](): number {
    numbered.set(this.number, this);
    return this.number;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function fireDue(): void {
  const dueMs = time.now();
  const due = [...armed]
    .filter((timer) => timer.dueMs <= dueMs)
    .sort((a, b) => a.dueMs - b.dueMs || a.number - b.number);
  for (const timer of due) {
    if (armed.has(timer) && timer.dueMs <= dueMs)
      queueMicrotask(() => armed.has(timer) && timer.dueMs <= dueMs && timer.fire());
  }
}

const set = (callback: Callback, ms?: unknown, ...args: unknown[]) => new Timer(callback, ms, args, false);
const repeat = (callback: Callback, ms?: unknown, ...args: unknown[]) => new Timer(callback, ms, args, true);
function clear(timer: unknown): void {
  const found = timer instanceof Timer ? timer : numbered.get(Number(timer));
  if (found !== undefined) found.close();
  else if (typeof timer === 'object') real.clearTimeout(timer as NodeJS.Timeout);
}

async function sleep<T>(ms?: number, value?: T, options: { signal?: AbortSignal; ref?: boolean } = {}): Promise<T> {
  const { signal, ref } = options;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stop = () => {
    timer.close();
    reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
  };
  const timer = set(() => {
    signal?.removeEventListener('abort', stop);
    resolve(value as T);
  }, ms);
  if (ref === false) timer.unref();
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return promise;
}

Object.defineProperty(set, promisify.custom, { value: sleep });
for (const place of [globalThis, timers]) {
  Object.assign(place, { setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: clear });
}
promises.setTimeout = sleep as typeof promises.setTimeout;
promises.scheduler.wait = (ms, options) => sleep(ms, undefined, options);

AbortSignal.timeout = (ms) => {
  const controller = new AbortController();
  set(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms).unref();
  return controller.signal;
};

const today = (): number => Math.floor(real.dateNow() + time.offsetMs);
Date.now = today;
globalThis.Date = new Proxy(Date, {
  apply: (RealDate) => new RealDate(today()).toString(),
  construct: (RealDate, given: unknown[], target) =>
    Reflect.construct(RealDate, given.length === 0 ? [today()] : given, target),
});
Date.prototype.constructor = Date;
performance.now = time.now;
process.hrtime.bigint = () => real.hrtime() + BigInt(Math.round(time.offsetMs * 1e6));

/** Sockets time out by a timer of Node's own. */
const LIMIT = Symbol('limit');
type Socket = net.Socket & { [LIMIT]?: Timer; _onTimeout(): void; _unrefTimer(): void };
const sockets = net.Socket.prototype as Socket;
sockets.setTimeout = function (this: Socket, ms: number, callback?: () => void) {
  Object.assign(this, { timeout: ms });
  this[LIMIT]?.close();
  if (ms > 0) {
    this[LIMIT] = set(() => (this.destroyed ? undefined : this._onTimeout()), ms).unref();
    if (callback !== undefined) this.once('timeout', callback);
  } else if (callback !== undefined) this.removeListener('timeout', callback);
  return this;
};
/** Node calls this whenever a socket has read or written. */
sockets._unrefTimer = function (this: Socket) {
  if (this !== time.line) time.traffic += 1;
  if (this[LIMIT] !== undefined && armed.has(this[LIMIT])) this[LIMIT].refresh();
};
syncBuiltinESMExports();
