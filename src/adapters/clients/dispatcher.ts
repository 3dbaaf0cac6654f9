import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { isLoopback } from '../../core/inputs/api.ts';

/** Longest time without data before a response body is aborted. */
const STALL_TIMEOUT_MS = 120_000;

/**
 * Uses only undici's timeout for a stalled body: its 300 s for headers would abort a slow upload, and the SDK has its
 * own timeout. Takes a proxy from the environment by the rules of `@actions/http-client`, but none to this machine: what goes
 * there may be plain http, with the key in it.
 */
export function createDispatcher(origin: URL): Dispatcher {
  const clocks = { headersTimeout: 0, bodyTimeout: STALL_TIMEOUT_MS };
  const proxy = isLoopback(origin.hostname) ? undefined : getProxyUrl(origin);
  return proxy === undefined ? new Agent(clocks) : new ProxyAgent({ uri: proxy.href, ...clocks });
}
