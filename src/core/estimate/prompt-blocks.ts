import type { Params } from '../requests/params.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { messageWeight, type PromptWeight, weighBlock, weighJson, weighText } from './prompt-weight.ts';

/** How long a cache entry lives. */
export type Lifetime = '5m' | '1h';

/** A block of a prompt, as small as a cache entry can end with. */
export interface PromptBlock extends PromptWeight {
  /** A text, or a block or tool as parsed JSON. */
  readonly content: unknown;
  /** The role, where a message begins with this block. */
  readonly role: string;
  /** Lifetime of the cache entry that ends here, where the request marks one. */
  ttl: Lifetime | undefined;
}

/**
 * The prompt of any params in the order the API caches it: output format, tools, system, messages. Nothing is checked: what
 * the API would not take is weighed as it is or left out. `cache_control` beside the messages marks the last block.
 */
export function blocksOf(params: Params): PromptBlock[] {
  const blocks: PromptBlock[] = [];
  const config = params['output_config'];
  if (isJsonObject(config) && isJsonObject(config['format'])) blocks.push(jsonBlock(config['format']));
  for (const tool of elementsOf(params['tools'])) blocks.push(jsonBlock(tool));
  addBlocks(params['system'], '', blocks);
  for (const message of elementsOf(params['messages'])) {
    if (!isJsonObject(message)) continue;
    const { role, content } = message;
    addBlocks(content, typeof role === 'string' ? role : '?', blocks);
  }
  const last = blocks.at(-1);
  if (last !== undefined) last.ttl = markOf(params) ?? last.ttl;
  return blocks;
}

/**
 * The weight of all blocks together, and whether any of them is marked: all that is needed for most requests, without an
 * object for each block.
 */
export function weighPrompt(params: Params): { readonly sum: PromptWeight; readonly isMarked: boolean } {
  const sum: PromptWeight = { weight: 0, images: 0, documentBytes: 0, unseen: 0 };
  const config = params['output_config'];
  let isMarked = markOf(params) !== undefined;
  const addJson = (value: unknown): void => {
    weighJson(value, sum);
    isMarked ||= isJsonObject(value) && markOf(value) !== undefined;
  };
  const addContent = (content: unknown, weight: number): void => {
    if (typeof content === 'string') {
      weighText(content, sum);
      sum.weight += weight;
      return;
    }
    const blocks = elementsOf(content);
    if (blocks.length > 0) sum.weight += weight;
    for (const block of blocks) {
      weighBlock(block, sum);
      isMarked ||= markWithin(block) !== undefined;
    }
  };
  if (isJsonObject(config) && isJsonObject(config['format'])) addJson(config['format']);
  for (const tool of elementsOf(params['tools'])) addJson(tool);
  addContent(params['system'], 0);
  for (const message of elementsOf(params['messages'])) {
    if (isJsonObject(message)) addContent(message['content'], message['role'] === '' ? 0 : messageWeight);
  }
  return { sum, isMarked };
}

/** The elements of a JSON list; none of anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function emptyBlock(content: unknown, role: string, ttl: Lifetime | undefined): PromptBlock {
  return { content, role, ttl, weight: 0, images: 0, documentBytes: 0, unseen: 0 };
}

function jsonBlock(value: unknown): PromptBlock {
  const block = emptyBlock(value, '', isJsonObject(value) ? markOf(value) : undefined);
  weighJson(value, block);
  return block;
}

function addBlocks(content: unknown, role: string, blocks: PromptBlock[]): void {
  let at = role;
  for (const given of typeof content === 'string' ? [content] : elementsOf(content)) {
    const block = emptyBlock(given, at, markWithin(given));
    weighBlock(given, block);
    if (at !== '') block.weight += messageWeight;
    blocks.push(block);
    at = '';
  }
}

/** A mark on the block or on one of the blocks it is made of: those are not told apart. */
function markWithin(block: unknown): Lifetime | undefined {
  if (!isJsonObject(block)) return undefined;
  const own = markOf(block);
  if (own !== undefined || typeof block['text'] === 'string') return own;
  const source = block['source'];
  const parts =
    block['type'] === 'tool_result' ? block['content'] : isJsonObject(source) ? source['content'] : undefined;
  const marks = elementsOf(parts).map((part) => (isJsonObject(part) ? markOf(part) : undefined));
  return marks.includes('1h') ? '1h' : marks.find((mark) => mark !== undefined);
}

function markOf(fields: JsonObject): Lifetime | undefined {
  const mark = fields['cache_control'];
  if (!isJsonObject(mark)) return undefined;
  return mark['ttl'] === '1h' ? '1h' : '5m';
}

/**
 * What makes two blocks the same: a block's text, or its JSON without the cache mark. Undefined where the value is nested
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
