/**
 * Runs inside another process, before its own code: there time passes as it does, and leaps to the next timer whenever the
 * process and the simulator have nothing to do but wait. All clocks and timers follow, those of clients and sockets too, so
 * that hours of waiting take milliseconds and no work is cut short. `port` is that of the clock in the simulator's process.
 * It can also refuse the connection of requests, which no server can do for one route.
 */
import { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

interface Refusal {
  readonly head: string;
  readonly body: string;
  times: number;
}

const settings = JSON.parse(decodeURIComponent(new URL(import.meta.url).hash.slice(1))) as {
  readonly port: number;
  readonly offsetMs: number;
  readonly refusals: Refusal[];
};

/** How often to look whether there is nothing to do, and how many such looks in a row it takes. Real milliseconds. */
const LOOK_MS = 2;
const QUIET_LOOKS = 2;
/** After a leap of more than that, threads get a moment to answer: only ticks of clients come more often. */
const FAR_MS = 1_000;
const MAX_DELAY_MS = 2 ** 31 - 1;

const real = {
  Date,
  dateNow: Date.now,
  performanceNow: performance.now.bind(performance),
  hrtime: process.hrtime.bigint.bind(process.hrtime),
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
};

let offsetMs = settings.offsetMs;
/** Counts what sockets read and write. */
let traffic = 0;
let made = 0;
/** The connection to the clock, which is not traffic. */
let clock: net.Socket | undefined;
const armed = new Set<Timer>();
const numbered = new Map<number, Timer>();

const now = (): number => real.performanceNow() + offsetMs;

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
    this.dueMs = now() + this.delayMs;
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

const today = (): number => Math.floor(real.dateNow() + offsetMs);
Date.now = today;
globalThis.Date = new Proxy(Date, {
  apply: (RealDate) => new RealDate(today()).toString(),
  construct: (RealDate, given: unknown[], target) =>
    Reflect.construct(RealDate, given.length === 0 ? [today()] : given, target),
});
Date.prototype.constructor = Date;
performance.now = now;
process.hrtime.bigint = () => real.hrtime() + BigInt(Math.round(offsetMs * 1e6));

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
  if (this !== clock) traffic += 1;
  if (this[LIMIT] !== undefined && armed.has(this[LIMIT])) this[LIMIT].refresh();
};

type Piece = string | Uint8Array;
type Generic = (this: Socket, isMany: boolean, data: unknown, encoding: string, done: (error?: Error) => void) => void;
const writer = sockets as unknown as { _writeGeneric: Generic };
const write = writer._writeGeneric;
writer._writeGeneric = function (this: Socket, isMany, data, encoding, done) {
  if (settings.refusals.length > 0 && this !== clock) {
    const pieces = isMany ? (data as { readonly chunk: Piece }[]).map(({ chunk }) => chunk) : [data as Piece];
    const text = pieces
      .map((piece) => (typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1')))
      .join('');
    const hit = settings.refusals.find(
      ({ head, body, times }) => times > 0 && new RegExp(head).test(text) && new RegExp(body).test(text),
    );
    if (hit !== undefined) {
      hit.times -= 1;
      line.write('refused\n');
      const facts = { code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: '127.0.0.1', port: 443 };
      this.destroy(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:443'), facts));
      return done();
    }
  }
  return write.call(this, isMany, data, encoding, done);
};

/** Programs that were started and whose output has not ended, and pieces that are being compressed: no list of Node's has them. */
let programs = 0;
let pieces = 0;
type Transform = { _transform(chunk: unknown, encoding: unknown, done: (...args: unknown[]) => void): void };
let compressor = zlib.Deflate.prototype as unknown as Transform;
while (!Object.hasOwn(compressor, '_transform')) compressor = Object.getPrototypeOf(compressor);
const transform = compressor._transform;
compressor._transform = function (chunk, encoding, done) {
  pieces += 1;
  transform.call(this, chunk, encoding, (...args: unknown[]) => {
    pieces -= 1;
    done(...args);
  });
};
const starter = ChildProcess.prototype as ChildProcess & { spawn(options: unknown): unknown };
const { spawn } = starter;
starter.spawn = function (this: ChildProcess, options) {
  programs += 1;
  this.once('close', () => {
    programs -= 1;
  });
  return spawn.call(this, options);
};
syncBuiltinESMExports();

const line = new net.Socket();
clock = line;
line.connect(settings.port, '127.0.0.1');
line.unref();
line.setNoDelay(true);
line.on('error', () => undefined);

/** Whether anything is under way that will call back by itself: files, look-ups, connections, other processes. */
function isWorking(): boolean {
  return (
    programs + pieces > 0 ||
    process.getActiveResourcesInfo().some((name) => /Req|Process|Immediate|Connect|WriteWrap|Shutdown/.test(name))
  );
}

function earliest(): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of armed) if (first === undefined || timer.dueMs < first.dueMs) first = timer;
  return first;
}

function fireDue(): void {
  const dueMs = now();
  const due = [...armed]
    .filter((timer) => timer.dueMs <= dueMs)
    .sort((a, b) => a.dueMs - b.dueMs || a.number - b.number);
  for (const timer of due) {
    if (armed.has(timer) && timer.dueMs <= dueMs)
      queueMicrotask(() => armed.has(timer) && timer.dueMs <= dueMs && timer.fire());
  }
}

function moveTo(ms: number): void {
  const leapMs = ms - now();
  if (leapMs <= 0) return;
  offsetMs += leapMs;
  line.write(`now ${offsetMs}\n`);
}

let quiet = 0;
let seen = -1;
let asked = false;
const look = real.setTimeout(() => {
  look.refresh();
  fireDue();
  if (asked || line.connecting) return;
  const isQuiet = traffic === seen && !isWorking();
  seen = traffic;
  quiet = isQuiet ? quiet + 1 : 0;
  if (quiet < QUIET_LOOKS) return;
  asked = true;
  line.write(`idle ${(earliest()?.dueMs ?? Number.NaN) - real.performanceNow()}\n`);
}, LOOK_MS);
look.unref();

const turn = () => new Promise<void>((resolve) => real.setImmediate(resolve));

/** Leaps from timer to timer, as long as nobody has anything to do in between, up to the time the simulator allows. */
async function leap(untilOffsetMs: number): Promise<void> {
  // What arrived together with the permission is read first.
  await turn();
  await turn();
  if (traffic !== seen || isWorking()) return;
  for (;;) {
    const next = earliest();
    const untilMs = real.performanceNow() + untilOffsetMs;
    if (next === undefined || next.dueMs > untilMs) {
      moveTo(untilMs < Number.POSITIVE_INFINITY ? untilMs : now());
      return;
    }
    const isFar = next.dueMs - now() > FAR_MS;
    moveTo(next.dueMs);
    fireDue();
    if (isFar) await new Promise((resolve) => real.setTimeout(resolve, 1));
    await turn();
    await turn();
    if (traffic !== seen || isWorking()) return;
  }
}

let rest = '';
line.on('data', (piece: Buffer) => {
  const lines = (rest + piece.toString()).split('\n');
  rest = lines.pop() ?? '';
  for (const told of lines) {
    const [word, value] = told.split(' ');
    const done = word === 'go' ? leap(Number(value)) : Promise.resolve();
    done.finally(() => {
      asked = false;
      quiet = 0;
    });
  }
});
