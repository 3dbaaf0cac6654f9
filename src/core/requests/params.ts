import { isJsonObject, memberOf, parseJson } from '../text/json.ts';
import { unescapeKeys } from './members.ts';

/** What a request asks for, as parsed JSON. A name may be any text, `__proto__` included. */
export type Params = Readonly<Record<string, unknown>>;

/** The params of a request line; undefined for a text that is none. */
export function parseParams(line: string): Params | undefined {
  const params = memberOf(parseJson(unescapeKeys(line)), 'params');
  return isJsonObject(params) ? params : undefined;
}
