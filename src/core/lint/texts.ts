import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json-object.ts';
import type { Finding } from './finding.ts';

/** Faults of one kind in one request tell nothing new after these. */
const MOST_OF_A_KIND = 3;

/**
 * Judges texts that say nothing: the API refuses empty messages and blocks, but for a last message of the assistant,
 * which only begins the answer. Of white space alone its answers are less clear.
 */
export function lintTexts(params: Params, found: Finding[]): void {
  const { stop_sequences: stops } = params;
  const messages: readonly unknown[] = Array.isArray(params['messages']) ? params['messages'] : [];
  let toTell = MOST_OF_A_KIND;
  for (let index = 0; index < messages.length && toTell > 0; index += 1) {
    const message = messages[index];
    const isLast = index === messages.length - 1;
    if (!isJsonObject(message) || (isLast && message['role'] === 'assistant')) continue;
    const fault = faultOf(index, message['content']);
    if (fault === undefined) continue;
    found.push(fault);
    toTell -= 1;
  }
  if (Array.isArray(stops) && stops.some((text) => typeof text === 'string' && isBlank(text))) {
    const what = 'stop_sequences has one without a visible character';
    const cure = 'remove it; the API wants more than white space';
    found.push({ code: 'blank-stop-sequence', level: 'warning', what, cure });
  }
}

/** The first fault of a message's content. */
function faultOf(message: number, content: unknown): Finding | undefined {
  // Places are printed only for faults: there may be a hundred thousand messages without.
  const place = (): string => `messages[${message}]`;
  if (typeof content === 'string')
    return content === '' ? empty(place()) : isBlank(content) ? blank(place()) : undefined;
  if (!Array.isArray(content)) return undefined;
  if (content.length === 0) return empty(place());
  for (let index = 0; index < content.length; index += 1) {
    const block: unknown = content[index];
    if (!isJsonObject(block) || block['type'] !== 'text' || typeof block['text'] !== 'string') continue;
    const at = (): string => `${place()}.content[${index}]`;
    if (block['text'] === '') return emptyBlock(at());
    if (isBlank(block['text'])) return blank(at());
  }
  return undefined;
}

function isBlank(text: string): boolean {
  // Most texts begin with a visible character, and a look at it is quicker than a search.
  return !(text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f) && !/\S/.test(text);
}

function empty(place: string): Finding {
  const cure = 'write something; only a last message of the assistant may be empty';
  return { code: 'empty-content', level: 'error', what: `${place} has empty content`, cure };
}

function emptyBlock(place: string): Finding {
  const cure = 'write something, or remove the block';
  return { code: 'empty-text', level: 'error', what: `${place} is an empty text block`, cure };
}

function blank(place: string): Finding {
  const what = `${place} holds nothing but white space`;
  return { code: 'blank-text', level: 'warning', what, cure: 'write something; the API may refuse it' };
}
