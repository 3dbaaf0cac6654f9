import type { Path } from '../messages/params-problems.ts';
import type { Params } from '../requests/params.ts';
import { elementsOf, isJsonObject, type JsonObject } from '../text/json.ts';
import { errorOf, type Finding, NO_FINDINGS, warningOf } from './finding.ts';

/** More faults of one kind in one request add nothing new. */
const MOST_OF_A_KIND = 3;

/**
 * Checks for empty texts: the API refuses empty messages and blocks, except a last assistant message, which only starts the answer. Its
 * handling of pure white space is less clear.
 */
export function lintTexts({ messages: given, system, stop_sequences: stops }: Params): readonly Finding[] {
  const messages = elementsOf(given);
  const ofSystem =
    typeof system === 'string' || isSound(system) ? undefined : blocksFault(elementsOf(system), ['system']);
  const found: Finding[] = ofSystem === undefined ? [] : [ofSystem];
  for (let index = 0; index < messages.length; index += 1) {
    const message = messages[index];
    const isLast = index === messages.length - 1;
    if (!isJsonObject(message) || (isLast && message['role'] === 'assistant')) continue;
    const { content } = message;
    if (isSound(content)) continue;
    const fault = contentFault(content, ['messages', index]);
    if (fault !== undefined) found.push(fault);
  }
  const hasBlankStop = elementsOf(stops).some((text) => typeof text === 'string' && isBlank(text));
  if (found.length === 0 && !hasBlankStop) return NO_FINDINGS;
  return [...found.slice(0, MOST_OF_A_KIND), ...(hasBlankStop ? [warningOf({ code: 'blank-stop-sequence' })] : [])];
}

/** Whether a content consists only of non-blank texts, as nearly all do; then no place of a fault needs to be built. */
function isSound(content: unknown): boolean {
  if (typeof content === 'string') return content !== '' && !isBlank(content);
  return Array.isArray(content) && content.length > 0 && content.every(isSoundText);
}

function isSoundText(block: unknown): boolean {
  return isText(block) && block.text !== '' && !isBlank(block.text);
}

/** The first fault of a message's content. */
function contentFault(content: unknown, place: Path): Finding | undefined {
  if (content === '') return errorOf({ code: 'empty-content', place });
  if (typeof content === 'string') return isBlank(content) ? warningOf({ code: 'blank-text', place }) : undefined;
  if (!Array.isArray(content)) return undefined;
  return content.length === 0 ? errorOf({ code: 'empty-content', place }) : blocksFault(content, [...place, 'content']);
}

/**
 * The first fault of these blocks, including blocks inside tool results, search results and documents. White space in there (`isInner`)
 * comes from the tool or the document.
 */
function blocksFault(blocks: readonly unknown[], place: Path, isInner = false): Finding | undefined {
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (!isJsonObject(block)) continue;
    if (isText(block)) {
      if (block.text === '') return errorOf({ code: 'empty-text', place: [...place, index] });
      if (!isInner && isBlank(block.text)) return warningOf({ code: 'blank-text', place: [...place, index] });
    } else {
      const fault = insideFault(block, [...place, index]);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function insideFault({ type, content, source }: JsonObject, place: Path): Finding | undefined {
  if (type === 'tool_result' || type === 'search_result')
    return blocksFault(elementsOf(content), [...place, 'content'], true);
  if (type !== 'document' || !isJsonObject(source)) return undefined;
  const text =
    source['type'] === 'text' ? source['data'] : source['type'] === 'content' ? source['content'] : undefined;
  // The API probably refuses a document without text, but does not document it.
  if (text === '') return warningOf({ code: 'empty-document', place });
  return blocksFault(elementsOf(text), [...place, 'source', 'content'], true);
}

function isText(block: unknown): block is { readonly text: string } {
  return isJsonObject(block) && block['type'] === 'text' && typeof block['text'] === 'string';
}

function isBlank(text: string): boolean {
  // Most texts start with a visible character, and checking it is faster than a search.
  return !(text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f) && !/\S/.test(text);
}

/** Checks whether a beginning of the answer ends in white space, which the API refuses. */
export function lintAnswerStart({ messages }: Params): readonly Finding[] {
  const all = elementsOf(messages);
  const last = all.at(-1);
  if (!isJsonObject(last) || last['role'] !== 'assistant') return NO_FINDINGS;
  const { content } = last;
  const block = elementsOf(content).at(-1);
  const text = isText(block) ? block.text : content;
  const place = ['messages', all.length - 1];
  return typeof text === 'string' && /\s$/.test(text.slice(-2))
    ? [errorOf({ code: 'trailing-space', place })]
    : NO_FINDINGS;
}
