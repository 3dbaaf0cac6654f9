import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Identity } from './certificate.ts';
import { createLines } from './lines.ts';

/** Takes HTTPS for a server that speaks HTTP. */
export interface Front {
  readonly port: number;
  /** Whether a connection is being made, or bytes are on their way. */
  isBusy(): boolean;
  stop(): void;
}

/** `target`: the port of that server, asked for at each connection. */
export async function startFront(identity: Identity, target: () => number): Promise<Front> {
  const lines = createLines();
  const shaking = new Set<Socket>();
  const server = createServer({ ...identity }, (socket) => {
    lines.join(socket, target());
    for (const one of shaking) if (one.remotePort === socket.remotePort) shaking.delete(one);
  });
  server.on('connection', (socket: Socket) => {
    shaking.add(socket);
    socket.on('close', () => shaking.delete(socket));
  });
  // A client that does not trust the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    isBusy: () => shaking.size > 0 || lines.isBusy(),
    stop() {
      server.close();
      lines.cut();
    },
  };
}
