import type { Params } from '../requests/params.ts';
import { elementsOf, isJsonObject, type JsonObject } from '../text/json.ts';
import { errorOf, type Finding, NO_FINDINGS } from './finding.ts';

const MOST_MARKS = 4;

/**
 * Checks the number and order of cache_control marks: in tools, system, messages and results of tools therein. That of the
 * whole request marks its last block, and counts where that has no mark of its own.
 */
export function lintCacheMarks(params: Params): readonly Finding[] {
  let marks = 0;
  let hasShort = false;
  let isOutOfOrder = false;
  /** Looks at the marks of these blocks, in the order in which the API caches them. */
  const look = (blocks: readonly unknown[]): void => {
    for (const block of blocks) {
      if (!isMarked(block)) continue;
      marks += 1;
      if (block.cache_control['ttl'] !== '1h') hasShort = true;
      else if (hasShort) isOutOfOrder = true;
    }
  };

  look(elementsOf(params['tools']));
  look(elementsOf(params['system']));
  let last: unknown;
  for (const message of elementsOf(params['messages'])) {
    const content = isJsonObject(message) ? elementsOf(message['content']) : [];
    for (const block of content) {
      if (isJsonObject(block)) look(elementsOf(block['content']));
      if (isMarked(block)) look([block]);
    }
    last = content.at(-1);
  }
  if (isMarked(params) && !isMarked(last)) look([params]);
  if (marks <= MOST_MARKS && !isOutOfOrder) return NO_FINDINGS;
  return [
    ...(marks > MOST_MARKS ? [errorOf({ code: 'cache-breakpoints' })] : []),
    ...(isOutOfOrder ? [errorOf({ code: 'cache-order' })] : []),
  ];
}

function isMarked(block: unknown): block is { readonly cache_control: JsonObject } {
  return isJsonObject(block) && isJsonObject(block['cache_control']);
}
