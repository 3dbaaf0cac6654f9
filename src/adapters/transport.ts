import type { FileHandle } from 'node:fs/promises';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { Agent, type Dispatcher, ProxyAgent, request, fetch as undiciFetch } from 'undici';
import { describeCauses } from '../core/text/causes.ts';
import { ApiError } from '../ports/api.ts';

/** Longest time without data before a response body is aborted. */
const STALL_TIMEOUT_MS = 120_000;

/**
 * Uses only undici's timeout for a stalled body: its 300 s for headers would abort a slow upload, and the SDK has its
 * own timeout. Takes a proxy from the environment by the rules of `@actions/http-client`.
 */
export function createDispatcher(origin: URL): Dispatcher {
  const clocks = { headersTimeout: 0, bodyTimeout: STALL_TIMEOUT_MS };
  const proxy = getProxyUrl(origin);
  return proxy === undefined ? new Agent(clocks) : new ProxyAgent({ uri: proxy.href, ...clocks });
}

/** The `fetch` of the SDK's client. Does not follow redirects: they would carry the credential elsewhere. */
export function createFetch(dispatcher: Dispatcher): typeof fetch {
  return (url, init) =>
    withReach(init, async () => {
      const answer = await undiciFetch(String(url), { ...(init as object), dispatcher, redirect: 'manual' });
      return answer as unknown as Response;
    });
}

/**
 * A `fetch` for the SDK that sends a file as the body of its request: streamed from disk with a Content-Length, in a
 * quarter of the memory that a body given to `fetch` takes.
 */
export function createUpload(file: FileHandle, bytes: number, dispatcher: Dispatcher): typeof fetch {
  return (url, init) =>
    withReach(init, async () => {
      const headers = new Headers(init?.headers);
      headers.set('content-type', 'application/json');
      headers.set('content-length', String(bytes));
      const answer = await request(String(url), {
        method: 'POST',
        headers: [...headers].flat(),
        body: file.createReadStream({ autoClose: false }),
        signal: init?.signal ?? null,
        dispatcher,
      });
      const received = Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      );
      return new Response(await answer.body.text(), { status: answer.statusCode, headers: received });
    });
}

/** Adds to an error without an answer how far the request got. Leaves a time-out for the SDK to report. */
async function withReach(init: RequestInit | undefined, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    const reach = isUnsent(error) ? 'unsent' : 'unknown';
    const cause = describeCauses(error);
    throw new ApiError({ code: 'api-connection-failed', cause }, { reach });
  }
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
