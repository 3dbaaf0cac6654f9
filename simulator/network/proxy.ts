import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createLines } from './lines.ts';

/** What a proxy received: a request for a tunnel (`CONNECT host:port`), or a plain request. */
export interface Asked {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** A forward proxy. Whatever the tunnel's host, it connects to that port on this machine. */
export interface ForwardProxy {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly asked: readonly Asked[];
  /** What it answers from now on to requests for a tunnel: 200, or a refusal. */
  status: number;
  isBusy(): boolean;
  /** Ends all tunnels, and takes no connection until `comeBack`. */
  goAway(): void;
  comeBack(): Promise<void>;
  stop(): void;
}

/** `credentials`: `user:password`. Without them, a tunnel is refused with 407. */
export async function startProxy(credentials: string): Promise<ForwardProxy> {
  const lines = createLines();
  const asked: Asked[] = [];
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;

  function note({ method = '', url = '', headers }: IncomingMessage): void {
    asked.push({ method, target: url, headers });
  }

  const server = createServer((incoming, outgoing) => {
    note(incoming);
    outgoing.writeHead(501).end();
  });
  server.on('connect', (incoming, socket: Socket, head: Buffer) => {
    note(incoming);
    socket.on('error', () => undefined);
    const status = incoming.headers['proxy-authorization'] === expected ? proxy.status : 407;
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nproxy-authenticate: Basic realm="proxy"\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    lines.join(socket, Number(incoming.url?.split(':').at(-1)));
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const leave = () => {
    server.close();
    lines.cut();
    server.closeAllConnections();
  };

  const proxy: ForwardProxy = {
    origin: `http://127.0.0.1:${port}`,
    asked,
    status: 200,
    isBusy: lines.isBusy,
    goAway: leave,
    comeBack: () => listen(port),
    stop: leave,
  };
  return proxy;
}
