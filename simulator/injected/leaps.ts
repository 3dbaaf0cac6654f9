/**
 * Runs inside another process, behind `timers.ts`: time leaps to the next timer whenever the process and the simulator have
 * nothing to do but wait, so that hours of waiting take milliseconds and no work is cut short. `port` is the port of the
 * clock in the simulator's process.
 */
import { ChildProcess } from 'node:child_process';
import net from 'node:net';
import { setFlagsFromString } from 'node:v8';
import zlib from 'node:zlib';

const settings = JSON.parse(decodeURIComponent(new URL(import.meta.url).hash.slice(1))) as { readonly port: number };

/** How often to look whether there is nothing to do, and how many such looks in a row it takes. Real milliseconds. */
const LOOK_MS = 2;
const QUIET_LOOKS = 2;
/** After a longer leap than this, threads get a moment to answer; only clients' ticks are more frequent. */
const FAR_MS = 1_000;

// Functions compiled on their first call are in no cache, which would cost a quarter of a run's computing.
setFlagsFromString('--no-lazy');

/** What `timers.ts` shares. */
const time = Reflect.get(globalThis, Symbol.for('simulated time')) as {
  readonly real: {
    performanceNow(): number;
    readonly setTimeout: typeof setTimeout;
    readonly setImmediate: typeof setImmediate;
  };
  offsetMs: number;
  readonly traffic: number;
  line: net.Socket | undefined;
  now(): number;
  earliestMs(): number;
  fireDue(): void;
};
const { real } = time;

/** Started programs whose output has not ended, and streams that are compressing: Node has no list of them. */
let programs = 0;
const compressing = new Set<Transform>();
interface Transform {
  readonly destroyed: boolean;
  _transform(chunk: unknown, encoding: unknown, done: (...args: unknown[]) => void): void;
}
let compressor = zlib.Deflate.prototype as unknown as Transform;
while (!Object.hasOwn(compressor, '_transform')) compressor = Object.getPrototypeOf(compressor);
const transform = compressor._transform;
compressor._transform = function (chunk, encoding, done) {
  compressing.add(this);
  transform.call(this, chunk, encoding, (...args: unknown[]) => {
    compressing.delete(this);
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

const line = new net.Socket();
time.line = line;
line.connect(settings.port, '127.0.0.1');
line.unref();
line.setNoDelay(true);
line.on('error', () => undefined);
process.on('connection refused' as 'exit', () => line.write('refused\n'));

/** Whether anything is under way that will call back by itself: files, look-ups, connections, other processes. */
function isWorking(): boolean {
  return (
    programs > 0 ||
    // A stream that fails on its input is destroyed and never done.
    [...compressing].some(({ destroyed }) => !destroyed) ||
    process.getActiveResourcesInfo().some((name) => /Req|Process|Immediate|Connect|WriteWrap|Shutdown/.test(name))
  );
}

function moveTo(ms: number): void {
  const leapMs = ms - time.now();
  if (leapMs <= 0) return;
  time.offsetMs += leapMs;
  line.write(`now ${time.offsetMs}\n`);
}

let quiet = 0;
let seen = -1;
let asked = false;
const look = real.setTimeout(() => {
  look.refresh();
  time.fireDue();
  if (asked || line.connecting) return;
  const isQuiet = time.traffic === seen && !isWorking();
  seen = time.traffic;
  quiet = isQuiet ? quiet + 1 : 0;
  if (quiet < QUIET_LOOKS) return;
  asked = true;
  line.write('idle\n');
}, LOOK_MS);
look.unref();

const turn = () => new Promise<void>((resolve) => real.setImmediate(resolve));

/** Leaps from timer to timer, as long as nobody has anything to do in between, up to the time the simulator allows. */
async function leap(untilOffsetMs: number): Promise<void> {
  // Read first what arrived together with the permission.
  await turn();
  await turn();
  if (time.traffic !== seen || isWorking()) return;
  for (;;) {
    const nextMs = time.earliestMs();
    const untilMs = real.performanceNow() + untilOffsetMs;
    if (nextMs === Number.POSITIVE_INFINITY || nextMs > untilMs) {
      moveTo(untilMs < Number.POSITIVE_INFINITY ? untilMs : time.now());
      return;
    }
    const isFar = nextMs - time.now() > FAR_MS;
    moveTo(nextMs);
    time.fireDue();
    if (isFar) await new Promise((resolve) => real.setTimeout(resolve, 1));
    await turn();
    await turn();
    if (time.traffic !== seen || isWorking()) return;
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
