import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchFaults } from './faults.ts';
import { sendCut, sendResponse } from './send.ts';
import {
  type Exchange,
  type Fault,
  type Handler,
  json,
  type Mishap,
  type WireRequest,
  type WireResponse,
} from './wire.ts';

const KEPT_BODY_BYTES = 1024 * 1024;

/** The stage of a request: complete and not yet handled; handled and no byte of the answer sent; answered in full. */
export type Stage = 'arrived' | 'handled' | 'answered';

/** Called at every stage of every request, and may take its time. `drop` destroys the socket and skips what would follow. */
export type Watcher = (stage: Stage, request: WireRequest) => 'go-on' | 'drop' | Promise<'go-on' | 'drop'>;

export interface Server {
  /** `http://127.0.0.1:<port>`, unless it has a public one. */
  readonly origin: string;
  readonly port: number;
  /** Every exchange in the order the requests were complete; `body` holds the first megabyte, `bodyBytes` its whole size. */
  readonly exchanges: (Exchange & { readonly bodyBytes: number })[];
  /** What goes wrong next; push to add. */
  readonly faults: Fault[];
  /** See or hold up what happens; push to add. */
  readonly watchers: Watcher[];
  /** What handlers threw. A test that expects none asserts that this is empty. */
  readonly errors: unknown[];
  /** Whether a request is in progress that nothing holds up on purpose. */
  isBusy(): boolean;
  /** Destroys open sockets and frees the port. */
  stop(): Promise<void>;
}

/** Starts one HTTP server on a free port of 127.0.0.1. Tries handlers in order; a route that none has is a 404, a throw a 500. */
export async function startServer(options: {
  readonly handlers: readonly Handler[];
  readonly faults?: readonly Fault[];
  /** How delayed answers wait; default real time. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** The address that clients use, if something in front of it takes their requests. */
  readonly publicOrigin?: string;
}): Promise<Server> {
  const { handlers, publicOrigin } = options;
  const faults = [...(options.faults ?? [])];
  const pickFault = watchFaults(faults);
  const watchers: Watcher[] = [];
  const exchanges: Server['exchanges'] = [];
  const errors: unknown[] = [];
  const stopping = new AbortController();
  const pause = options.sleep ?? ((ms: number) => sleep(ms, undefined, { signal: stopping.signal }));
  let underway = 0;

  /** Something that takes its time on purpose. */
  async function held<T>(wait: Promise<T>): Promise<T> {
    underway -= 1;
    try {
      return await wait;
    } finally {
      underway += 1;
    }
  }

  async function* trickle(everyMs: number): AsyncGenerator<Uint8Array> {
    while (!stopping.signal.aborted) {
      yield Buffer.from(' ');
      await held(pause(everyMs));
    }
  }

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
    // From the beginning: a client may hang up before there is anything to send.
    const sent = new Promise((resolve) => outgoing.once('finish', resolve).once('close', resolve));
    const request = await receive(incoming, publicOrigin);
    // A test may just have moved the clock: let that take effect first.
    await new Promise((resolve) => setImmediate(resolve));
    const record = (status: Exchange['status']) => exchanges.push({ ...trace(request), status });
    const reset = () => {
      record('reset');
      incoming.socket.resetAndDestroy();
    };
    if (await isDropped('arrived', request)) return reset();
    const fault = pickFault(request);
    if (fault?.kind === 'reset') return reset();
    if (fault?.kind === 'delay') await held(pause(fault.ms));
    const handled = fault?.kind === 'answer' ? fault.response : await handle(request);
    if ((await isDropped('handled', request)) || fault?.kind === 'reset-after') return reset();
    if (fault?.kind === 'stall') {
      record('reset');
      await held(sent);
      return;
    }
    const response = replace(handled, fault);
    record(response.status);
    if (fault?.kind === 'cut') await sendCut(outgoing, response, fault.bytes);
    else if (fault?.kind === 'trickle') await sendResponse(outgoing, { ...response, body: trickle(fault.everyMs) });
    else await sendResponse(outgoing, response);
    await sent;
    await isDropped('answered', request);
  }

  async function isDropped(stage: Stage, request: WireRequest): Promise<boolean> {
    let dropped = false;
    for (const watcher of watchers) if ((await watcher(stage, request)) === 'drop') dropped = true;
    return dropped;
  }

  const server = createServer((incoming, outgoing) => {
    underway += 1;
    exchange(incoming, outgoing)
      .catch((error: unknown) => {
        // A client that hangs up, or a server that stops, is not a handler's fault.
        if (!incoming.socket.destroyed && !stopping.signal.aborted) errors.push(error);
        incoming.socket.destroy();
      })
      .finally(() => {
        underway -= 1;
      });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  const { port } = server.address() as AddressInfo;
  return {
    origin: publicOrigin ?? `http://127.0.0.1:${port}`,
    port,
    exchanges,
    faults,
    watchers,
    errors,
    isBusy: () => underway > 0,
    stop: () =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function replace(handled: WireResponse, fault: Mishap | undefined): WireResponse {
  if (fault?.kind === 'answer-after') return fault.response;
  return fault?.kind === 'change' ? fault.change(handled) : handled;
}

async function receive(incoming: IncomingMessage, publicOrigin: string | undefined): Promise<WireRequest> {
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
    origin: publicOrigin ?? `http://${headers.get('host') ?? '127.0.0.1'}`,
    body: Buffer.concat(pieces),
  };
}

function trace(request: WireRequest) {
  const { method, path, headers, body } = request;
  const kept = body.length > KEPT_BODY_BYTES ? Buffer.from(body.subarray(0, KEPT_BODY_BYTES)) : body;
  return { method, path, query: request.query.toString(), headers, body: kept, bodyBytes: body.length };
}
