import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WireResponse } from './wire.ts';

/** Sends a response whole: bytes with a Content-Length, an iterable in chunks. Node leaves the body of a HEAD out. */
export async function sendResponse(outgoing: ServerResponse, response: WireResponse): Promise<void> {
  const { body } = response;
  writeHead(outgoing, response);
  if (body === undefined) outgoing.end();
  else if (typeof body === 'string' || body instanceof Uint8Array) outgoing.end(body);
  else await pipeline(Readable.from(body, { objectMode: false }), outgoing);
}

/** Sends the headers of the whole and the first bytes of the body, then closes the connection. */
export async function sendCut(outgoing: ServerResponse, response: WireResponse, bytes: number): Promise<void> {
  writeHead(outgoing, response);
  outgoing.flushHeaders();
  let left = bytes;
  for await (const piece of pieces(response.body)) {
    if (left <= 0) break;
    outgoing.write(piece.subarray(0, left));
    left -= piece.length;
  }
  // Not a reset: that could discard bytes that the client has not read yet.
  outgoing.socket?.destroySoon();
}

function writeHead(outgoing: ServerResponse, { status, headers = {}, body }: WireResponse): void {
  const length = body === undefined ? undefined : byteLength(body);
  const hasLength = Object.keys(headers).some((name) => name.toLowerCase() === 'content-length');
  if (length !== undefined && !hasLength) outgoing.setHeader('content-length', length);
  outgoing.writeHead(status, headers);
}

function byteLength(body: NonNullable<WireResponse['body']>): number | undefined {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.byteLength : undefined;
}

async function* pieces(body: WireResponse['body']): AsyncGenerator<Uint8Array> {
  if (typeof body === 'string') yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield body;
  else if (body !== undefined) yield* body;
}
