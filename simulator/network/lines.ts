import { connect, type Socket } from 'node:net';

/** How long a line must be silent before it counts as quiet. Real milliseconds. */
const QUIET_MS = 10;

/** Connections that are forwarded to ports of this machine. */
export interface Lines {
  /** Forwards data both ways until one side ends. */
  join(socket: Socket, port: number): void;
  /** Whether bytes are on their way. */
  isBusy(): boolean;
  /** Ends all connections. */
  cut(): void;
}

export function createLines(): Lines {
  const open = new Set<Socket>();
  let lastMs = Number.NEGATIVE_INFINITY;

  function watch(socket: Socket): void {
    open.add(socket);
    socket.setNoDelay(true);
    lastMs = performance.now();
    socket.on('data', () => {
      lastMs = performance.now();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  }

  return {
    join(socket, port) {
      const far = connect(port, '127.0.0.1');
      for (const one of [socket, far]) watch(one);
      socket.pipe(far);
      far.pipe(socket);
      socket.on('close', () => far.destroy());
      far.on('close', () => socket.destroy());
    },
    isBusy: () => performance.now() - lastMs < QUIET_MS,
    cut() {
      for (const one of open) one.destroy();
    },
  };
}
