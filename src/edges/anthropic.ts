import { createReadStream } from 'node:fs';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import Anthropic, { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { Agent, type Dispatcher, ProxyAgent, request, fetch as undiciFetch } from 'undici';
import type { ApiInputs } from '../core/inputs/inputs.ts';
import { ApiError, describeCauses } from '../errors.ts';
import type { Batch, BatchApi, BodyFile } from '../ports.ts';

/** Look-ups are small: a minute without an answer is an outage, not slowness. */
const LOOK_TIMEOUT_MS = 60_000;
/** The slowest uplink worth waiting for, 250 KB/s, on top of the SDK's usual ten minutes for the answer. */
const UPLOAD_BYTES_PER_MS = 250;
const ANSWER_TIMEOUT_MS = 600_000;
/** A results stream that brings nothing for this long is cut. */
const STALL_TIMEOUT_MS = 120_000;
/** What of an API message may stand in a log or comment, in characters. */
const MESSAGE_LIMIT = 300;

/** The Message Batches API through its SDK, which is told everything explicitly so that the environment says nothing. */
export function createBatchApi(api: ApiInputs & { readonly key: string }): BatchApi {
  const dispatcher = createDispatcher(new URL(api.baseUrl));
  const send = (url: string | URL | Request, init?: RequestInit): Promise<Response> =>
    undiciFetch(String(url), { ...(init as object), dispatcher, redirect: 'manual' }) as unknown as Promise<Response>;
  const client = new Anthropic({
    apiKey: api.key,
    baseURL: api.baseUrl,
    webhookKey: null,
    maxRetries: 0,
    timeout: LOOK_TIMEOUT_MS,
    logLevel: 'off',
    openTelemetry: false,
    fetch: send,
    defaultHeaders: {
      'anthropic-version': api.version,
      ...(api.betas.length === 0 ? {} : { 'anthropic-beta': api.betas.join(',') }),
    },
  });
  const call = <T>(work: () => Promise<T>): Promise<T> => translated(work, api.key);
  return {
    create: (body) =>
      call(async () => {
        const uploader = client.withOptions({ fetch: uploadFrom(body, dispatcher) });
        const answer = await uploader.post<unknown>('/v1/messages/batches', {
          maxRetries: 0,
          timeout: ANSWER_TIMEOUT_MS + Math.ceil(body.bytes / UPLOAD_BYTES_PER_MS),
        });
        return parseBatch(answer);
      }),
    retrieve: (id) =>
      call(async () => {
        const { data, response } = await client.get<unknown>(`/v1/messages/batches/${id}`).withResponse();
        return { batch: parseBatch(data), retryAfterMs: readRetryAfter(response.headers) };
      }),
    results: (id) =>
      call(async () => {
        const path = `/v1/messages/batches/${id}/results`;
        const response = await client.get<unknown>(path, { headers: { accept: 'application/x-jsonl' } }).asResponse();
        if (response.body === null) throw new ApiError('the results came without a body', { reach: 'unknown' });
        return response.body as AsyncIterable<Uint8Array>;
      }),
  };
}

/**
 * Of undici's own clocks only the stall of a body counts: its 300 s for headers would end a slow upload, and the SDK has a
 * timeout of its own. A proxy is taken from the environment by the toolkit's rules.
 */
function createDispatcher(origin: URL): Dispatcher {
  const clocks = { headersTimeout: 0, bodyTimeout: STALL_TIMEOUT_MS };
  const proxy = getProxyUrl(origin);
  return proxy === undefined ? new Agent(clocks) : new ProxyAgent({ uri: proxy.href, ...clocks });
}

/**
 * A `fetch` for the SDK that sends the file as the body of its request: streamed from disk with a Content-Length, in a
 * quarter of the memory that a body given to `fetch` takes.
 */
function uploadFrom(body: BodyFile, dispatcher: Dispatcher): typeof fetch {
  return async (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('content-type', 'application/json');
    headers.set('content-length', String(body.bytes));
    const answer = await request(String(url), {
      method: 'POST',
      headers: [...headers].flat(),
      body: createReadStream(body.path),
      signal: init?.signal ?? null,
      dispatcher,
    });
    const received = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return new Response(await answer.body.text(), { status: answer.statusCode, headers: received });
  };
}

async function translated<T>(work: () => Promise<T>, key: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error, key);
  }
}

function translate(error: unknown, key: string): unknown {
  if (error instanceof APIConnectionTimeoutError) {
    return new ApiError('the API did not answer in time', { reach: 'unknown', cause: error });
  }
  if (error instanceof APIConnectionError) {
    const reach = isUnsent(error) ? 'unsent' : 'unknown';
    return new ApiError(`the connection to the API failed (${describeCauses(error.cause)})`, { reach, cause: error });
  }
  if (error instanceof APIError && error.status !== undefined) {
    return new ApiError(describeStatus(error, key), {
      reach: 'answered',
      status: error.status,
      type: error.type ?? undefined,
      errorCode: error.errorCode ?? undefined,
      requestId: error.requestID ?? undefined,
      retryAfterMs: error.headers === undefined ? undefined : readRetryAfter(error.headers),
      cause: error,
    });
  }
  if (error instanceof ApiError) return error;
  // A full disk or a missing file is not the API's doing; anything else broke while an answer was read.
  if (error instanceof Error && 'syscall' in error) return error;
  return new ApiError(`the answer of the API broke off (${describeCauses(error)})`, { reach: 'unknown', cause: error });
}

/**
 * `429 rate_limit_error: <message>`: the message only where the API itself wrote it, never a gateway's page, and never with
 * the key, which some gateways repeat.
 */
function describeStatus(error: APIError, key: string): string {
  const message = error.apiMessage?.replaceAll(key, '***').replace(/\s+/g, ' ').slice(0, MESSAGE_LIMIT);
  const type = error.type === null ? '' : ` ${error.type}`;
  return `${error.status}${type}${message === undefined ? '' : `: ${message}`}`;
}

const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether no connection was ever made, so that the far end cannot have seen a byte. */
function isUnsent(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 8) return false;
  if ('code' in error && typeof error.code === 'string' && UNSENT.has(error.code)) return true;
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every((e) => isUnsent(e, depth + 1));
  return isUnsent(error.cause, depth + 1);
}

/** `retry-after` in ms: seconds or an HTTP date. */
function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** A batch as the API sent it; an answer that is none counts as broken off. */
function parseBatch(answer: unknown): Batch {
  const fields = new Map<string, unknown>(Object.entries(typeof answer === 'object' && answer !== null ? answer : {}));
  const counts = fields.get('request_counts');
  const count = new Map<string, unknown>(Object.entries(typeof counts === 'object' && counts !== null ? counts : {}));
  const text = (name: string): string => {
    const value = fields.get(name);
    if (typeof value === 'string') return value;
    throw new ApiError(`the answer of the API is no batch (${name} is missing)`, { reach: 'unknown' });
  };
  const textOrNull = (name: string): string | null => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : null;
  };
  const number = (name: string): number => {
    const value = count.get(name);
    return typeof value === 'number' ? value : 0;
  };
  return {
    id: text('id'),
    status: text('processing_status'),
    counts: {
      processing: number('processing'),
      succeeded: number('succeeded'),
      errored: number('errored'),
      canceled: number('canceled'),
      expired: number('expired'),
    },
    createdAt: text('created_at'),
    endedAt: textOrNull('ended_at'),
    expiresAt: text('expires_at'),
    archivedAt: textOrNull('archived_at'),
    cancelInitiatedAt: textOrNull('cancel_initiated_at'),
  };
}
