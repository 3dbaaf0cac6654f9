import type { Path } from '../messages/params-problems.ts';
import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, NO_FINDINGS, warningOf } from './finding.ts';

/** More faults of one kind in one request say nothing new. */
const MOST_OF_A_KIND = 3;

/**
 * Judges texts that say nothing: the API refuses empty messages and blocks, but for a last message of the assistant,
 * which only begins the answer. Of white space alone its answers are less clear.
 */
export function lintTexts(params: Params): readonly Finding[] {
  const { stop_sequences: stops } = params;
  const messages: readonly unknown[] = Array.isArray(params['messages']) ? params['messages'] : [];
  const found: Finding[] = [];
  for (let index = 0; index < messages.length && found.length < MOST_OF_A_KIND; index += 1) {
    const message = messages[index];
    const isLast = index === messages.length - 1;
    if (!isJsonObject(message) || (isLast && message['role'] === 'assistant')) continue;
    const fault = faultOf(index, message['content']);
    if (fault !== undefined) found.push(fault);
  }
  if (Array.isArray(stops) && stops.some((text) => typeof text === 'string' && isBlank(text))) {
    found.push(warningOf({ code: 'blank-stop-sequence' }));
  }
  return found.length === 0 ? NO_FINDINGS : found;
}

/** The first fault of a message's content. */
function faultOf(message: number, content: unknown): Finding | undefined {
  const empty = (): Finding => errorOf({ code: 'empty-content', place: ['messages', message] });
  const blank = (...within: Path): Finding =>
    warningOf({ code: 'blank-text', place: ['messages', message, ...within] });
  if (typeof content === 'string') return content === '' ? empty() : isBlank(content) ? blank() : undefined;
  if (!Array.isArray(content)) return undefined;
  if (content.length === 0) return empty();
  for (let index = 0; index < content.length; index += 1) {
    const block: unknown = content[index];
    if (!isJsonObject(block) || block['type'] !== 'text' || typeof block['text'] !== 'string') continue;
    if (block['text'] === '') return errorOf({ code: 'empty-text', place: ['messages', message, 'content', index] });
    if (isBlank(block['text'])) return blank('content', index);
  }
  return undefined;
}

function isBlank(text: string): boolean {
  // Most texts begin with a visible character, and a look at it is quicker than a search.
  return !(text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f) && !/\S/.test(text);
}
