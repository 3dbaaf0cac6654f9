import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { describeCauses } from '../core/text/causes.ts';
import { parseJson, textOf } from '../core/text/json.ts';
import { ServiceError } from '../ports/service-error.ts';
import { createDispatcher } from './clients/dispatcher.ts';
import { readRecord } from './stored-record.ts';

/** Pauses between tries of a call that a brief outage may have broken, in ms. */
const PAUSES_MS = [500, 2_000];

/** A call with a small body takes a tenth of a second. */
const CALL_LIMIT_MS = 30_000;

/** What the cache service answered, whatever the status. A body that is too long or not UTF-8 is ''. */
export interface CacheAnswer {
  readonly status: number;
  readonly text: string;
  /** The body as JSON; undefined for anything else. */
  readonly json: unknown;
}

/** Sends one request. Throws a ServiceError without an answer. Follows no redirects. */
export type CacheCall = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  url: string,
  content?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
) => Promise<CacheAnswer>;

/** `maxBytes` of a body are read. */
export function createCacheCall(maxBytes: number): CacheCall {
  const dispatchers = new Map<string, Dispatcher>();

  function dispatcherOf(url: URL): Dispatcher {
    const dispatcher = dispatchers.get(url.origin) ?? createDispatcher(url);
    dispatchers.set(url.origin, dispatcher);
    return dispatcher;
  }

  return async (method, url, { headers = {}, body } = {}) => {
    try {
      const signal = AbortSignal.timeout(CALL_LIMIT_MS);
      const dispatcher = dispatcherOf(new URL(url));
      const answer = await request(url, {
        ...{ method, body: body ?? null, dispatcher, signal },
        headers: { 'user-agent': 'claude-batch-action', ...headers },
      });
      const text = await readRecord(answer.body, maxBytes);
      return { status: answer.statusCode, text, json: parseJson(text) };
    } catch (error) {
      throw new ServiceError({ code: 'cache-unreachable', cause: describeCauses(error) });
    }
  };
}

export function isSuccess({ status }: CacheAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The service's own words in an answer: `msg` and `message` are the names in its two versions. */
export function wordsOf({ json }: CacheAnswer): string {
  return textOf(json, 'msg') ?? textOf(json, 'message') ?? '';
}

export function refused(answer: CacheAnswer): ServiceError {
  return new ServiceError({ code: 'cache-answered', status: answer.status, text: wordsOf(answer).slice(0, 300) });
}

/** How the service answers a run that may not write. */
const READ_ONLY = 'cache write denied:';

/** Why this run did not get a name. Throws a ServiceError if neither reason is certain: then nothing is known about the name. */
export function whyNotReserved(answer: CacheAnswer): 'taken' | 'read-only' {
  const words = wordsOf(answer);
  if (words.startsWith(READ_ONLY)) return 'read-only';
  if (answer.status === 409 || /already exists/i.test(words)) return 'taken';
  throw refused(answer);
}

/** The workflow's `cache-mode`. A missing or unknown one permits everything, as in the toolkit's client. */
export function readMode(): { readonly name: string; readonly reads: boolean; readonly writes: boolean } {
  const name = (process.env['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  return { name, reads: !['none', 'write-only'].includes(name), writes: !['none', 'read'].includes(name) };
}

/** Tries again after a failure that may pass in a moment. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(pauseMs);
    }
  }
  return work();
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false;
  const { reason } = error;
  return reason.code === 'cache-unreachable' || (reason.code === 'cache-answered' && reason.status >= 500);
}
