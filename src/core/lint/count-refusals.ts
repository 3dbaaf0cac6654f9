import type { Params } from '../requests/params.ts';
import { COUNTED_PARAMS } from './param-names.generated.ts';

/** `tools.0.custom.name` in `400 invalid_request_error: tools.0.custom.name: String should match …`. */
const PLACE = new RegExp(String.raw`(?:^|[\s\x60'"])((?:${[...COUNTED_PARAMS].join('|')})(?:\.\w+)*)[\x60'"]?:\s`);

/** Words for parts of a request, which a refusal to count at all would not mention. */
const PARTS = /\b(?:prompt|image|document|base64|schema|tool_use|tool_result|thinking|content blocks?)\b/;

/** Whether the API blames the request for not counting its prompt; otherwise it may not count at all. */
export function blamesRequest(reason: string): boolean {
  return PLACE.test(reason) || PARTS.test(reason);
}

/**
 * The JSON text in these params that such a reason points at; it identifies other requests with the same fault. Undefined if it points at
 * nothing in them.
 */
export function blamedText(reason: string, params: Params): string | undefined {
  const [root = '', ...steps] = PLACE.exec(reason)?.[1]?.split('.') ?? [];
  let at = Object.hasOwn(params, root) ? params[root] : undefined;
  for (const step of steps) {
    // The API also names kinds of blocks, such as `custom`, which are not members.
    if (typeof at === 'object' && at !== null && Object.hasOwn(at, step)) at = (at as Params)[step];
  }
  return at === undefined ? undefined : JSON.stringify(at);
}
