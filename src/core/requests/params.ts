import { isJsonObject, memberOf, parseJson } from '../text/json.ts';
import { unescapeKeys } from './members.ts';

/** A request's params, as parsed JSON. A name may be any text, even `__proto__`. */
export type Params = Readonly<Record<string, unknown>>;

/** The params of a request line; undefined if there are none. */
export function parseParams(line: string): Params | undefined {
  const params = memberOf(parseJson(unescapeKeys(line)), 'params');
  return isJsonObject(params) ? params : undefined;
}
