import { open } from 'node:fs/promises';
import Anthropic from '@anthropic-ai/sdk';
import type { ApiInputs } from '../core/inputs/inputs.ts';
import { ApiError } from '../errors.ts';
import type { BatchApi } from '../ports.ts';
import { toApiError } from './api-failure.ts';
import { parseBatch } from './batch-shape.ts';
import { readRetryAfter } from './retry-after.ts';
import { createDispatcher, createFetch, createUpload } from './transport.ts';

/** Look-ups are small: a minute without an answer is an outage, not slowness. */
const LOOK_TIMEOUT_MS = 60_000;
/** The slowest uplink worth waiting for, 250 KB/s, on top of the SDK's usual ten minutes for the answer. */
const UPLOAD_BYTES_PER_MS = 250;
const ANSWER_TIMEOUT_MS = 600_000;

/** The Message Batches API through its SDK, which is told everything explicitly so that the environment says nothing. */
export function createBatchApi(api: ApiInputs & { readonly key: string }): BatchApi {
  const dispatcher = createDispatcher(new URL(api.baseUrl));
  const client = new Anthropic({
    apiKey: api.key,
    baseURL: api.baseUrl,
    webhookKey: null,
    maxRetries: 0,
    timeout: LOOK_TIMEOUT_MS,
    logLevel: 'off',
    openTelemetry: false,
    fetch: createFetch(dispatcher),
    defaultHeaders: {
      'anthropic-version': api.version,
      ...(api.betas.length === 0 ? {} : { 'anthropic-beta': api.betas.join(',') }),
    },
  });

  async function call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toApiError(error, api.key);
    }
  }

  return {
    async create(body) {
      // Opened out here, so that a missing file is the machine's failure and not the API's.
      const file = await open(body.path);
      try {
        const uploader = client.withOptions({ fetch: createUpload(file, body.bytes, dispatcher) });
        const timeout = ANSWER_TIMEOUT_MS + Math.ceil(body.bytes / UPLOAD_BYTES_PER_MS);
        const options = { maxRetries: 0, timeout };
        return await call(async () => parseBatch(await uploader.post<unknown>('/v1/messages/batches', options)));
      } finally {
        await file.close();
      }
    },
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
