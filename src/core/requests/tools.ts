import { elementsOf, isJsonObject, memberOf } from '../text/json.ts';
import type { Params } from './params.ts';

/**
 * Every tool that a request defines: those in `tools`, and with a beta those between its messages, in a `tool_addition` or in the
 * `tool_changes` of a compaction, which restore additions. Additions that only name a tool define none. Anything in a tool's place counts
 * as a tool, so that no limit misses what the API may read differently.
 */
export function toolsOf({ tools, messages }: Params): readonly unknown[] {
  const own = listOf(tools);
  let all: unknown[] | undefined;
  for (const message of elementsOf(messages)) {
    const content = isJsonObject(message) ? message['content'] : undefined;
    // Most messages are text, or blocks that do not change tools.
    if (typeof content === 'string') continue;
    for (const block of listOf(content)) {
      const inline = definedIn(block);
      if (inline.length > 0) all = [...(all ?? own), ...inline];
    }
  }
  return all ?? own;
}

const NONE: readonly unknown[] = Object.freeze([]);

/** The tools that a message's block defines. */
function definedIn(block: unknown): readonly unknown[] {
  if (!isJsonObject(block)) return NONE;
  const { type } = block;
  if (type === 'compaction') return listOf(block['tool_changes']).flatMap(addedBy);
  return type === 'tool_addition' ? addedBy(block) : NONE;
}

function addedBy(change: unknown): readonly unknown[] {
  const definition = memberOf(change, 'tool', 'definition');
  return definition === undefined ? NONE : [definition];
}

/** A list's elements; anything else except null counts as the only element. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? NONE : [value];
}
