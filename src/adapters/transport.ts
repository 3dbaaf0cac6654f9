import type { Readable } from 'node:stream';
import { type Dispatcher, request, fetch as undiciFetch } from 'undici';
import type { Reason } from '../core/messages/reasons.ts';
import { describeCauses } from '../core/text/causes.ts';
import { parseJson } from '../core/text/json.ts';
import { ApiError, type BatchBody } from '../ports/api.ts';
import { readBody } from './clients/body.ts';

/** What `results` asks for: the only answers that are streamed, since they may be as large as the disk. */
export const RESULTS_TYPE = 'application/x-jsonl';
/** Most bytes of any other answer: the longest, a page of a hundred batches, takes a fiftieth of this. */
const MAX_ANSWER_BYTES = 4 << 20;
/** Only the API's own words in an error's body matter, which are short and come at once. */
const MAX_ERROR_BYTES = 64 << 10;
const ERROR_BODY_MS = 2_000;

/**
 * The `fetch` of the SDK's client. Does not follow redirects: they would carry the credential elsewhere. Reads an answer
 * to its end, within the time-out of the SDK, which itself waits for the headers only.
 */
export function createFetch(dispatcher: Dispatcher): typeof fetch {
  return (url, init) =>
    withReach(init, async (signal, giveUp) => {
      const answer = await undiciFetch(String(url), { ...(init as object), signal, dispatcher, redirect: 'manual' });
      if (answer.ok && new Headers(init?.headers).get('accept') === RESULTS_TYPE) return answer as unknown as Response;
      return readWhole({ status: answer.status, headers: [...answer.headers] }, answer.body ?? [], giveUp);
    });
}

/**
 * A `fetch` for the SDK that sends this body with its request: piece by piece, with a Content-Length, in a quarter of the memory that
 * `fetch` itself would take for it.
 */
export function createUpload(body: BatchBody, dispatcher: Dispatcher): typeof fetch {
  return (url, init) =>
    withReach(init, async (signal, giveUp) => {
      const headers = new Headers(init?.headers);
      headers.set('content-type', 'application/json');
      headers.set('content-length', String(body.bytes));
      const answer = await request(String(url), {
        method: 'POST',
        headers: [...headers].flat(),
        // It takes any iterable and waits until a piece is sent, which its types do not say.
        body: body.pieces() as unknown as Readable,
        signal,
        dispatcher,
      });
      const received = Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      );
      return readWhole({ status: answer.statusCode, headers: received }, answer.body, giveUp);
    });
}

/** An answer in memory. The body of an error may be cut or missing: its status says enough. */
async function readWhole(
  head: { readonly status: number; readonly headers: [string, string][] },
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  giveUp: () => void,
): Promise<Response> {
  const { status } = head;
  const pieces: Uint8Array[] = [];
  if (status < 200 || status > 299) {
    const timer = setTimeout(giveUp, ERROR_BODY_MS);
    await readBody(body, MAX_ERROR_BYTES, pieces).catch(() => undefined);
    clearTimeout(timer);
  } else if ((await readBody(body, MAX_ANSWER_BYTES, pieces)) === 'too-long')
    throw new ApiError({ code: 'api-answer-too-long', limitBytes: MAX_ANSWER_BYTES }, { reach: 'unknown' });
  const bytes = Buffer.concat(pieces);
  const headers = new Headers(head.headers);
  // The SDK parses by content type, and gateways may send a wrong one: JSON is JSON whatever the type says.
  if (parseJson(bytes.toString()) !== undefined) headers.set('content-type', 'application/json');
  // A status without a body takes none.
  return new Response([204, 205, 304].includes(status) ? null : bytes, { status, headers });
}

/**
 * The body of an answer. Keeps the answer alive until reading begins: if it is collected as garbage before, undici empties
 * its body, and the stream ends as if there were nothing in it.
 */
export async function* piecesOf(answer: Response): AsyncGenerator<Uint8Array> {
  yield* answer.body ?? [];
}

/** Adds to an error without an answer how far the request got. Leaves a time-out for the SDK to report. */
async function withReach(
  init: RequestInit | undefined,
  work: (signal: AbortSignal, giveUp: () => void) => Promise<Response>,
): Promise<Response> {
  const own = new AbortController();
  const signal = init?.signal == null ? own.signal : AbortSignal.any([init.signal, own.signal]);
  try {
    return await work(signal, () => own.abort());
  } catch (error) {
    if (init?.signal?.aborted || error instanceof ApiError) throw error;
    const unmade = whyNoConnection(error);
    if (unmade !== undefined) throw new ApiError(unmade, { reach: 'unsent' });
    const reach = isUnsent(error) ? 'unsent' : 'unknown';
    throw new ApiError({ code: 'api-connection-failed', cause: describeCauses(error) }, { reach });
  }
}

/** How the client words a proxy's refusal to make a connection. */
const PROXY_ANSWER = /^Proxy response \((\d{3})\)/;
/** OpenSSL's errors for a certificate whose signer this machine does not know. */
const UNKNOWN_SIGNERS = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** Why no connection is possible until somebody changes the setup, so that nothing was sent; undefined for any other error. */
function whyNoConnection(error: unknown): Reason | undefined {
  for (let at = error, depth = 0; Error.isError(at) && depth < 8; at = at.cause, depth += 1) {
    const [, status] = PROXY_ANSWER.exec(at.message) ?? [];
    if (status !== undefined) return { code: 'api-proxy-refused', status: Number(status) };
    const code = 'code' in at ? String(at.code) : '';
    if (UNKNOWN_SIGNERS.includes(code)) return { code: 'api-certificate-unknown', error: code };
  }
  return undefined;
}

/** System calls that precede a connection. A later failure, such as a read from a lost host, may have sent data. */
const CONNECTING = ['connect', 'getaddrinfo'];

/** Whether the connection failed, so that the server cannot have received anything. */
function isUnsent(error: unknown, depth = 0): boolean {
  if (!Error.isError(error) || depth > 8) return false;
  if ('syscall' in error && typeof error.syscall === 'string') return CONNECTING.includes(error.syscall);
  if ('code' in error && error.code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
    return error.errors.every((one) => isUnsent(one, depth + 1));
  return isUnsent(error.cause, depth + 1);
}
