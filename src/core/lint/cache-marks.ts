import type { Params } from '../requests/params.ts';
import { elementsOf, isJsonObject, type JsonObject } from '../text/json.ts';
import { errorOf, type Finding, NO_FINDINGS } from './finding.ts';

const MOST_MARKS = 4;

/**
 * Checks the number and order of cache breakpoints in tools, system, messages and the tool results in them. A request-level breakpoint
 * marks the last block, and counts unless that has one of its own.
 */
export function lintCacheMarks(params: Params): readonly Finding[] {
  const seen: SeenMarks = { marks: 0, hasShort: false, isOutOfOrder: false };
  lookAt(elementsOf(params['tools']), seen);
  lookAt(elementsOf(params['system']), seen);
  let last: unknown;
  for (const message of elementsOf(params['messages'])) {
    const content = isJsonObject(message) ? elementsOf(message['content']) : [];
    for (const block of content) {
      if (isJsonObject(block)) lookAt(elementsOf(block['content']), seen);
      take(block, seen);
    }
    last = content.at(-1);
  }
  if (isMarked(params) && !isMarked(last)) take(params, seen);
  const { marks, isOutOfOrder } = seen;
  if (marks <= MOST_MARKS && !isOutOfOrder) return NO_FINDINGS;
  return [
    ...(marks > MOST_MARKS ? [errorOf({ code: 'cache-breakpoints' })] : []),
    ...(isOutOfOrder ? [errorOf({ code: 'cache-order' })] : []),
  ];
}

interface SeenMarks {
  marks: number;
  hasShort: boolean;
  isOutOfOrder: boolean;
}

/** Takes the breakpoints of these blocks, in the API's caching order. */
function lookAt(blocks: readonly unknown[], seen: SeenMarks): void {
  for (const block of blocks) take(block, seen);
}

function take(block: unknown, seen: SeenMarks): void {
  if (!isMarked(block)) return;
  seen.marks += 1;
  if (block.cache_control['ttl'] !== '1h') seen.hasShort = true;
  else if (seen.hasShort) seen.isOutOfOrder = true;
}

function isMarked(block: unknown): block is { readonly cache_control: JsonObject } {
  return isJsonObject(block) && isJsonObject(block['cache_control']);
}
