import { BaseAnthropic, type ClientOptions } from '@anthropic-ai/sdk/client';
import type { AccessTokenProvider } from '@anthropic-ai/sdk/lib/credentials/types';
import type { ApiInputs } from '../core/inputs/inputs.ts';
import { ApiError, type Batch, type BatchApi } from '../ports/api.ts';
import { readRetryAfter, readWorkspaceId, toApiError } from './api-failure.ts';
import {
  parseBatchOf,
  parseBatchPage,
  parseCount,
  parseCreated,
  parseDeletion,
  parseModel,
  unusable,
} from './api-shapes.ts';
import { createDispatcher } from './clients/dispatcher.ts';
import { createFetch, createUpload, piecesOf, RESULTS_TYPE } from './transport.ts';

/** Answers to look-ups are small: no answer for a minute means an outage, not slowness. */
const LOOK_TIMEOUT_MS = 60_000;
/** The slowest uplink worth waiting for, 250 KB/s, on top of the SDK's usual ten minutes for the answer. */
const UPLOAD_BYTES_PER_MS = 250;
const ANSWER_TIMEOUT_MS = 600_000;

/** The access tokens of a step that signs in. Each lasts for minutes, and the client asks for the next in time. */
export interface AccessTokens {
  /** Provides tokens that stay valid for more than this many seconds, if a new token lasts that long. Throws ApiError. */
  lasting(seconds: number): AccessTokenProvider;
}

/** The client renews a token that has less time left than this. */
const RENEWED_SECONDS = 120;
/** What most uplinks reach: an upload starts with a token that lasts as long as it would take at this speed. */
const USUAL_BYTES_PER_SECOND = 1_000_000;

/** Sets every option: the SDK takes a missing one from the environment, from files or from its defaults. */
type CompleteOptions = { readonly [Name in keyof ClientOptions]-?: ClientOptions[Name] };

/** An id may come from a gateway: it stays one segment of the path. */
function pathOf(batchId: string): string {
  if (/^\.{0,2}$/.test(batchId)) throw unusable('batch', 'unsent');
  return `/v1/messages/batches/${encodeURIComponent(batchId)}`;
}

/** A batch with the workspace that the answer names. */
function ofWorkspace(batch: Batch, { headers }: Response): Batch {
  const workspaceId = readWorkspaceId(headers);
  return workspaceId === undefined ? batch : { ...batch, workspaceId };
}

/** Logs nothing at any level. */
const SILENCE = { error: ignore, warn: ignore, info: ignore, debug: ignore };
function ignore(): void {}

interface Setup {
  /** Time limit of a look-up, in ms. */
  readonly lookMs?: number;
  /** Access tokens of its workspace, instead of a key. */
  readonly tokens?: AccessTokens | undefined;
  /** May look at every call and its answer. */
  readonly through?: (send: typeof fetch) => typeof fetch;
}

/** The Message Batches API through its SDK. `signal` ends calls that only read. */
export function createBatchApi(
  api: Omit<ApiInputs, 'signIn'>,
  signal: AbortSignal,
  { lookMs = LOOK_TIMEOUT_MS, tokens, through = (send) => send }: Setup = {},
): BatchApi {
  const dispatcher = createDispatcher(new URL(api.baseUrl));
  const options: CompleteOptions = {
    apiKey: tokens === undefined ? (api.key ?? '') : null,
    authToken: null,
    credentials: tokens?.lasting(RENEWED_SECONDS) ?? null,
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
      ...(api.workspaceId === undefined || tokens !== undefined ? {} : { 'anthropic-workspace-id': api.workspaceId }),
    },
    dangerouslyAllowBrowser: false,
  };
  // Without the SDK's resources, four fifths of its size: the paths are here.
  const client = new BaseAnthropic(options);

  async function call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toApiError(error, tokens !== undefined);
    }
  }

  /** Repeats a call once if the API refused its access token: the call did nothing, and the client has dropped the token. */
  async function renewing<T>(work: (isAgain: boolean) => Promise<T>): Promise<T> {
    try {
      return await work(false);
    } catch (error) {
      if (!(error instanceof ApiError && error.isSignedIn && error.status === 401)) throw error;
      return work(true);
    }
  }

  /** A read-only call. Ends as soon as the run is stopped, even during a sign-in, which the client does not interrupt. */
  async function read<T>(work: (options: { readonly signal: AbortSignal }) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    // The client keeps its listener until the answer's body is garbage, so it does not get the signal of the whole run.
    const own = AbortSignal.any([signal]);
    const stopped = Promise.withResolvers<never>();
    const stop = () => stopped.reject(own.reason);
    own.addEventListener('abort', stop);
    try {
      return await Promise.race([stopped.promise, renewing(() => call(() => work({ signal: own })))]);
    } finally {
      // A signal with a listener is never collected.
      own.removeEventListener('abort', stop);
    }
  }

  return {
    create: (body) =>
      renewing(async (forceRefresh) => {
        const seconds = RENEWED_SECONDS + Math.ceil(body.bytes / USUAL_BYTES_PER_SECOND);
        const uploader = client.withOptions({
          fetch: through(createUpload(body, dispatcher)),
          ...(tokens === undefined ? {} : { credentials: () => tokens.lasting(seconds)({ forceRefresh }) }),
        });
        const timeout = ANSWER_TIMEOUT_MS + Math.ceil(body.bytes / UPLOAD_BYTES_PER_MS);
        const options = { maxRetries: 0, timeout };
        return call(async () => {
          const { data, response } = await uploader.post<unknown>('/v1/messages/batches', options).withResponse();
          return ofWorkspace(parseCreated(data), response);
        });
      }),
    retrieve: (id) =>
      read(async (options) => {
        const { data, response } = await client.get<unknown>(pathOf(id), options).withResponse();
        return { batch: ofWorkspace(parseBatchOf(id, data), response), retryAfterMs: readRetryAfter(response.headers) };
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
        const asked = client.get<unknown>('/v1/messages/batches', { ...options, query });
        const { data, response } = await asked.withResponse();
        const { batches, hasMore } = parseBatchPage(data);
        return { batches: batches.map((batch) => ofWorkspace(batch, response)), hasMore };
      }),
    cancel: (id) =>
      renewing(() =>
        call(async () => {
          const { data, response } = await client.post<unknown>(`${pathOf(id)}/cancel`).withResponse();
          return ofWorkspace(parseBatchOf(id, data), response);
        }),
      ),
    remove: (id) =>
      renewing(() =>
        call(async () => {
          parseDeletion(id, await client.delete<unknown>(pathOf(id)));
        }),
      ),
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
      read(async (options) => {
        const headers = { 'content-type': 'application/json' };
        return parseCount(await client.post<unknown>('/v1/messages/count_tokens', { ...options, headers, body }));
      }),
  };
}
