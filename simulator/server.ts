import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchFaults } from './faults.ts';
import { sendCut, sendResponse } from './send.ts';
import { type Exchange, type Fault, type Handler, json, type WireRequest, type WireResponse } from './wire.ts';

const KEPT_BODY_BYTES = 1024 * 1024;

export interface Server {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** Every exchange in the order the requests were complete; `body` holds the first megabyte, `bodyBytes` its whole size. */
  readonly exchanges: (Exchange & { readonly bodyBytes: number })[];
  /** What goes wrong next; push to add. */
  readonly faults: Fault[];
  /** What handlers threw. A test that expects none asserts that this is empty. */
  readonly errors: unknown[];
  /** Destroys open sockets and frees the port. */
  stop(): Promise<void>;
}

/** Starts one HTTP server on a free port of 127.0.0.1. Handlers are tried in order; a route of none is a 404, a throw a 500. */
export async function startServer(options: {
  readonly handlers: readonly Handler[];
  readonly faults?: readonly Fault[];
}): Promise<Server> {
  const { handlers } = options;
  const faults = [...(options.faults ?? [])];
  const pickFault = watchFaults(faults);
  const exchanges: Server['exchanges'] = [];
  const errors: unknown[] = [];
  const stopping = new AbortController();

  async function handle(request: WireRequest): Promise<WireResponse> {
    try {
      for (const handler of handlers) {
        const response = await handler(request);
        if (response !== undefined) return response;
      }
      return json(404, { message: `The simulator has no route ${request.method} ${request.path}` });
    } catch (error) {
      errors.push(error);
      return json(500, { message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function exchange(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await receive(incoming);
    const fault = pickFault(request.method, request.path);
    const record = (status: Exchange['status']) => exchanges.push({ ...trace(request), status });
    if (fault?.kind === 'reset') {
      record('reset');
      incoming.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { signal: stopping.signal });
    const handled = fault?.kind === 'answer' ? fault.response : await handle(request);
    if (fault?.kind === 'reset-after') {
      record('reset');
      incoming.socket.resetAndDestroy();
      return;
    }
    const response = fault?.kind === 'answer-after' ? fault.response : handled;
    record(response.status);
    if (fault?.kind === 'cut') await sendCut(outgoing, response, fault.bytes);
    else await sendResponse(outgoing, response);
  }

  const server = createServer((incoming, outgoing) => {
    exchange(incoming, outgoing).catch((error: unknown) => {
      // A client that hangs up and a server that stops are no faults of a handler.
      if (!incoming.socket.destroyed && !stopping.signal.aborted) errors.push(error);
      incoming.socket.destroy();
    });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    faults,
    errors,
    stop: () =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(incoming: IncomingMessage): Promise<WireRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)),
    headers,
    origin: `http://${headers.get('host') ?? '127.0.0.1'}`,
    body: Buffer.concat(pieces),
  };
}

function trace(request: WireRequest) {
  const { method, path, headers, body } = request;
  const kept = body.length > KEPT_BODY_BYTES ? Buffer.from(body.subarray(0, KEPT_BODY_BYTES)) : body;
  return { method, path, query: request.query.toString(), headers, body: kept, bodyBytes: body.length };
}
