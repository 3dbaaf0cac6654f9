import type { InputName } from './names.ts';
import { type Parsed, quote, value, wrong } from './parsed.ts';

/**
 * The API key of the input, else of the environment; undefined where there is neither. No message holds any part of it.
 */
export function parseApiKey(
  name: InputName,
  text: string,
  fromEnvironment: string | undefined,
): Parsed<string | undefined> {
  const key = text === '' ? (fromEnvironment ?? '').trim() : text;
  if (/^[\x21-\x7e]*$/.test(key)) return value(key === '' ? undefined : key);
  const source = text === '' ? 'is empty, and the environment variable ANTHROPIC_API_KEY ' : '';
  const what = /\s/.test(key) ? 'holds a space or a line break' : 'holds a character that no key has';
  return wrong(name, `${source}${what}`, 'store the key alone in the secret, without quotes or other text');
}

/**
 * The address of the API without a slash at its end. Plain http is for loopback hosts only, because the key travels with
 * every call; a query or fragment would swallow the paths that are put behind it.
 */
export function parseBaseUrl(name: InputName, text: string): Parsed<string> {
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return wrong(name, 'is not a full web address', 'write it as https://host or https://host/path');
  }
  if (url.username !== '' || url.password !== '') {
    return wrong(name, 'holds a user name or password', 'leave out everything up to the @; the key has its own input');
  }
  if (/[?#]/.test(text)) return wrong(name, 'holds a ? or #', 'end the address with its path');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return wrong(name, `sends the key unencrypted to ${quote(url.hostname)}`, 'write https:// instead of http://');
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (url.hostname === 'api.anthropic.com' && path !== '') {
    return wrong(name, `holds the path ${quote(path)}`, 'write https://api.anthropic.com alone; the paths are added');
  }
  return value(`${url.origin}${path}`);
}

function isLoopback(hostname: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost)$/.test(hostname.replace(/\.$/, ''));
}

/** A version of the API, which is a date. */
export function parseVersion(name: InputName, text: string): Parsed<string> {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (date !== undefined && date.getTime() > 0 && date.toISOString().startsWith(text)) return value(text);
  return wrong(name, `is ${quote(text)}`, 'write a date such as 2026-10-21');
}
