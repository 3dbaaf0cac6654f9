import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, NO_FINDINGS } from './finding.ts';

const MOST = 4;

/**
 * Judges the number of cache_control marks: in tools, system, messages and results of tools therein. That of the whole
 * request marks its last block, and counts as one where that has no mark of its own.
 */
export function lintBreakpoints(params: Params): readonly Finding[] {
  const { tools, system, messages } = params;
  let marks = marksOf(tools) + marksOf(system);
  if (Array.isArray(messages)) {
    for (const message of messages) {
      if (!isJsonObject(message) || !Array.isArray(message['content'])) continue;
      marks += marksOf(message['content']);
      for (const block of message['content']) if (isJsonObject(block)) marks += marksOf(block['content']);
    }
  }
  if (!endsMarked(messages)) marks += marksOf([params]);
  return marks <= MOST ? NO_FINDINGS : [errorOf({ code: 'cache-breakpoints' })];
}

function endsMarked(messages: unknown): boolean {
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  const content = isJsonObject(last) ? last['content'] : undefined;
  return Array.isArray(content) && marksOf(content.slice(-1)) === 1;
}

function marksOf(blocks: unknown): number {
  if (!Array.isArray(blocks)) return 0;
  let marks = 0;
  for (const block of blocks) if (isJsonObject(block) && isJsonObject(block['cache_control'])) marks += 1;
  return marks;
}
