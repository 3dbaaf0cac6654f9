import { open } from 'node:fs/promises';
import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk';
import type { ApiInputs } from '../core/inputs/inputs.ts';
import { ApiError, type BatchApi } from '../ports/api.ts';
import { readRetryAfter, toApiError } from './api-failure.ts';
import {
  parseBatchOf,
  parseBatchPage,
  parseCount,
  parseCreated,
  parseDeletion,
  parseModel,
  unusable,
} from './api-shapes.ts';
import { createDispatcher, createFetch, createUpload, RESULTS_TYPE } from './transport.ts';

/** Answers to look-ups are small: no answer for a minute means an outage, not slowness. */
const LOOK_TIMEOUT_MS = 60_000;
/** The slowest uplink worth waiting for, 250 KB/s, on top of the SDK's usual ten minutes for the answer. */
const UPLOAD_BYTES_PER_MS = 250;
const ANSWER_TIMEOUT_MS = 600_000;

/** Sets every option: the SDK takes a missing one from the environment, from files or from its defaults. */
type CompleteOptions = { readonly [Name in keyof ClientOptions]-?: ClientOptions[Name] };

/** An id may come from a gateway: it stays one segment of the path. */
function pathOf(batchId: string): string {
  if (/^\.{0,2}$/.test(batchId)) throw unusable('batch', 'unsent');
  return `/v1/messages/batches/${encodeURIComponent(batchId)}`;
}

/**
 * The body of an answer. Holds the answer until reading begins: undici empties the body of one that is garbage before that,
 * and the stream then ends as if there were nothing in it.
 */
async function* piecesOf(answer: Response): AsyncGenerator<Uint8Array> {
  yield* answer.body ?? [];
}

/** Logs nothing at any level. */
const SILENCE = { error: ignore, warn: ignore, info: ignore, debug: ignore };
function ignore(): void {}

/**
 * The Message Batches API through its SDK. `signal` ends what only reads. `lookMs` is the time of a look-up, in ms. `through` may look
 * at every call and its answer.
 */
export function createBatchApi(
  api: ApiInputs & { readonly key: string },
  signal: AbortSignal,
  {
    lookMs = LOOK_TIMEOUT_MS,
    through = (send) => send,
  }: { readonly lookMs?: number; readonly through?: (send: typeof fetch) => typeof fetch } = {},
): BatchApi {
  const dispatcher = createDispatcher(new URL(api.baseUrl));
  const options: CompleteOptions = {
    apiKey: api.key,
    authToken: null,
    credentials: null,
    config: null,
    profile: null,
    webhookKey: null,
    baseURL: api.baseUrl,
    maxRetries: 0,
    timeout: lookMs,
    logLevel: 'off',
    logger: SILENCE,
    openTelemetry: false,
    fetch: through(createFetch(dispatcher)),
    fetchOptions: {},
    middleware: [],
    defaultQuery: {},
    defaultHeaders: {
      'anthropic-version': api.version,
      ...(api.betas.length === 0 ? {} : { 'anthropic-beta': api.betas.join(',') }),
    },
    dangerouslyAllowBrowser: false,
  };
  const client = new Anthropic(options);

  async function call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toApiError(error);
    }
  }

  /** A read-only call. It has its own signal, because each call would leave a listener on the run's signal. */
  async function read<T>(work: (options: { readonly signal: AbortSignal }) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    try {
      return await work({ signal: AbortSignal.any([signal]) });
    } catch (error) {
      signal.throwIfAborted();
      throw toApiError(error);
    }
  }

  return {
    async create(body) {
      // Opened outside `call`: a missing file is not a failure of the API.
      const file = await open(body.path);
      try {
        const uploader = client.withOptions({ fetch: through(createUpload(file, body.bytes, dispatcher)) });
        const timeout = ANSWER_TIMEOUT_MS + Math.ceil(body.bytes / UPLOAD_BYTES_PER_MS);
        const options = { maxRetries: 0, timeout };
        return await call(async () => parseCreated(await uploader.post<unknown>('/v1/messages/batches', options)));
      } finally {
        await file.close();
      }
    },
    retrieve: (id) =>
      read(async (options) => {
        const { data, response } = await client.get<unknown>(pathOf(id), options).withResponse();
        return { batch: parseBatchOf(id, data), retryAfterMs: readRetryAfter(response.headers) };
      }),
    results: (id) =>
      read(async (options) => {
        const path = `${pathOf(id)}/results`;
        const headers = { accept: RESULTS_TYPE };
        const response = await client.get<unknown>(path, { ...options, headers }).asResponse();
        if (response.body === null) throw unusable('results', 'unknown');
        return piecesOf(response);
      }),
    list: ({ limit, afterId }) =>
      read(async (options) => {
        const query = { limit, ...(afterId === undefined ? {} : { after_id: afterId }) };
        return parseBatchPage(await client.get<unknown>('/v1/messages/batches', { ...options, query }));
      }),
    cancel: (id) => call(async () => parseBatchOf(id, await client.post<unknown>(`${pathOf(id)}/cancel`))),
    remove: (id) =>
      call(async () => {
        parseDeletion(id, await client.delete<unknown>(pathOf(id)));
      }),
    async model(name) {
      // URL parsing drops these path segments, even when escaped.
      if (name === '' || name === '.' || name === '..') return undefined;
      try {
        const path = `/v1/models/${encodeURIComponent(name)}`;
        return await read(async (options) => parseModel(await client.get<unknown>(path, options)));
      } catch (error) {
        // Only the API's own error type counts: a gateway without this route answers 404 too.
        if (error instanceof ApiError && error.status === 404 && error.type === 'not_found_error') return undefined;
        throw error;
      }
    },
    countTokens: (body) =>
      read(async (options) =>
        parseCount(await client.post<unknown>('/v1/messages/count_tokens', { ...options, body })),
      ),
  };
}
