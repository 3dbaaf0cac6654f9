import type { KeyFault } from '../messages/input-problems.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

/** The API key from the input, else from the environment; undefined without either. No problem contains any part of it. */
export function parseApiKey(text: string, env: { readonly apiKey: string | undefined }): Parsed<string | undefined> {
  const key = text === '' ? (env.apiKey ?? '').trim() : text;
  const fault = KEY_FAULTS.find(([, form]) => form.test(key))?.[0];
  if (fault === undefined) return value(key === '' ? undefined : key);
  return wrong({ code: 'input-key', fault, isFromEnvironment: text === '' });
}

/** Patterns that no key matches. Reports the first match. */
const KEY_FAULTS: readonly (readonly [KeyFault, RegExp])[] = [
  ['expression', /^\$|\$\{\{|^%\w+%$/],
  ['quotes', /^["'`]|["'`]$/],
  ['space', /\s/],
  ['character', /[^\x21-\x7e]/],
];

/**
 * The API's address without a trailing slash. Allows plain http only for loopback hosts, because the key travels with every call. A query
 * or fragment would swallow the paths appended to it.
 */
export function parseBaseUrl(text: string): Parsed<string> {
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return wrong({ code: 'input-url' });
  if (url.username !== '' || url.password !== '') return wrong({ code: 'input-url-login' });
  if (/[?#]/.test(text)) return wrong({ code: 'input-url-query' });
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return wrong({ code: 'input-url-insecure', host: clipValue(url.hostname) });
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (url.hostname === 'api.anthropic.com' && path !== '') {
    return wrong({ code: 'input-url-path', path: clipValue(path) });
  }
  return value(`${url.origin}${path}`);
}

/** Whether a URL's host is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost)$/.test(hostname.replace(/\.$/, ''));
}

/** An API version, which is a date. */
export function parseVersion(text: string): Parsed<string> {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (date !== undefined && date.getTime() > 0 && date.toISOString().startsWith(text)) return value(text);
  return wrong({ code: 'input-version', value: clipValue(text) });
}
