import { elementsOf, isJsonObject, memberOf } from '../text/json.ts';
import type { Params } from './params.ts';

/**
 * Every tool that a request defines: those in `tools`, and with a beta those between its messages, in a `tool_addition` or in the
 * `tool_changes` of a compaction, which give back additions. Additions that only name a tool define none. Whatever stands
 * where a tool would is one, so that nobody who bounds them overlooks what the API may read otherwise.
 */
export function toolsOf({ tools, messages }: Params): readonly unknown[] {
  const own = listOf(tools);
  let all: unknown[] | undefined;
  for (const message of elementsOf(messages)) {
    const content = isJsonObject(message) ? message['content'] : undefined;
    // Most messages are a text, or blocks of which none changes tools.
    if (typeof content === 'string') continue;
    for (const block of listOf(content)) {
      const inline = definedIn(block);
      if (inline.length > 0) all = [...(all ?? own), ...inline];
    }
  }
  return all ?? own;
}

const NONE: readonly unknown[] = Object.freeze([]);

/** The tools that a block of a message defines. */
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

/** The elements of a list; anything else but null is taken for the only one. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? NONE : [value];
}
