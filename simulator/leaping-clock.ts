import { type AddressInfo, createServer, type Socket } from 'node:net';
import { inject } from './inject.ts';

/** Requests of the process that cannot connect: what their head and body match, how many of them, and how many get through first. */
export interface Refusal {
  readonly head: string;
  readonly body: string;
  readonly times: number;
  readonly after?: number;
}

/** Time that leaps over every wait, alike in the simulator and in one process at a time. */
export interface LeapingClock {
  /** For the `env` of a run. */
  env(refusals?: readonly Refusal[]): { readonly NODE_OPTIONS: string };
  /** For the option `now` of the simulator. Milliseconds since the epoch, whole. */
  readonly now: () => number;
  /** For the option `sleep` of the simulator. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Moves the time forward to this moment at once, unless it is later already. For when no process runs. */
  leapTo(ms: number): void;
  /** Whether the simulator has something to do; nothing leaps meanwhile. */
  isBusy: () => boolean;
  /** Called when time leaps. */
  onLeap: () => void;
  /** Called when a request could not connect. */
  onRefusal: () => void;
  stop(): void;
}

/**
 * A clock that runs like the real one, but leaps to the next timer of the process or of the simulator whenever neither has
 * anything to do. Waiting costs nothing, and computing takes its real time, however busy the machine is.
 */
export async function leapingClock(): Promise<LeapingClock> {
  let offsetMs = 0;
  const sleeping = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  const sockets = new Set<Socket>();
  const now = () => Math.floor(Date.now() + offsetMs);
  const nextDueMs = () => Math.min(...[...sleeping].map(({ dueMs }) => dueMs));

  function moveTo(newOffsetMs: number): void {
    if (newOffsetMs <= offsetMs) return;
    offsetMs = newOffsetMs;
    clock.onLeap();
    wakeDue();
  }

  function wakeDue(): void {
    for (const one of sleeping) {
      if (one.dueMs > now()) continue;
      sleeping.delete(one);
      one.wake();
    }
  }

  async function answer(socket: Socket): Promise<void> {
    // A leap can end a fraction of a millisecond early, and the rest passes by itself.
    wakeDue();
    // First accept, read and parse what the process sent before it asked, each in a turn of its own.
    for (let turns = 0; turns < 12; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    if (socket.writable) socket.write(clock.isBusy() ? 'no\n' : `go ${nextDueMs() - Date.now()}\n`);
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let rest = '';
    socket.on('data', (piece) => {
      const lines = (rest + piece.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [word, value] = line.split(' ');
        if (word === 'now') moveTo(Number(value));
        else if (word === 'refused') clock.onRefusal();
        else answer(socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;

  const clock: LeapingClock = {
    env: (refusals = []) => {
      const programs = [inject('timers', { offsetMs }), inject('leaps', { port })];
      if (refusals.length > 0) programs.push(inject('refusals', { refusals }));
      return { NODE_OPTIONS: programs.join(' ') };
    },
    now,
    leapTo: (ms) => moveTo(ms - Date.now()),
    sleep: (ms) => new Promise((wake) => sleeping.add({ dueMs: now() + ms, wake })),
    isBusy: () => false,
    onLeap: () => undefined,
    onRefusal: () => undefined,
    stop() {
      for (const socket of sockets) socket.destroy();
      for (const { wake } of sleeping) wake();
      server.close();
    },
  };
  return clock;
}
