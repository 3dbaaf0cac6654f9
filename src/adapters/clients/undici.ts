import type { Dispatcher } from 'undici';
import send from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';

// What a run needs before its first request: a third of the package, whose index evaluates all of it.

export { Agent, ProxyAgent };

/** As the package's own: answers with the head and a body to read. Follows no redirects. */
export function request(
  url: string,
  options: { readonly dispatcher: Dispatcher } & Omit<Dispatcher.RequestOptions, 'origin' | 'path'>,
): Promise<Dispatcher.ResponseData> {
  const { dispatcher, ...rest } = options;
  const { origin, pathname, search } = new URL(url);
  return send.call(dispatcher, { ...rest, origin, path: pathname + search });
}
