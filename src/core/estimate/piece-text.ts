import { isJsonObject } from '../text/json-object.ts';

/**
 * What makes two pieces the same: a block's text, or its JSON without the cache mark. Undefined where the value is nested
 * too deep to be printed.
 */
export function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (isJsonObject(content) && typeof content['text'] === 'string') return content['text'];
  try {
    return JSON.stringify(isJsonObject(content) ? { ...content, cache_control: undefined } : content);
  } catch {
    return undefined;
  }
}
