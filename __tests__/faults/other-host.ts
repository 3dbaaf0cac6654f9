import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came to the other host. */
export interface Visit {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface OtherHost {
  readonly origin: string;
  readonly seen: readonly Visit[];
  stop(): void;
}

/** The host that redirects lead to. It answers everything, and remembers what it was sent. */
export async function startOther(): Promise<OtherHost> {
  const seen: Visit[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    seen.push({ url: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(pieces).toString('latin1') });
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    seen,
    // Clients compare names of hosts, not ports.
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
