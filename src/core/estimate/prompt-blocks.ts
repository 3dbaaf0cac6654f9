import type { Params } from '../requests/params.ts';
import { elementsOf, isJsonObject } from '../text/json.ts';
import { messageWeight, type PromptWeight, weighBlock, weighJson } from './prompt-weight.ts';

/** How long a cache entry lives. */
type Lifetime = '5m' | '1h';

/** The smallest part of a prompt at which a cache entry can end. */
export interface PromptBlock extends PromptWeight {
  /** A text, or a block or tool as parsed JSON. */
  readonly content: unknown;
  /** The role, if a message starts with this block. */
  readonly role: string;
  /** Lifetime of the cache entry that ends here, if the request marks one. */
  ttl: Lifetime | undefined;
}

/**
 * The prompt of any params in the API's caching order: output format, tools, system, messages. Checks nothing: parts that the API would
 * refuse are weighed as they are or left out. `cache_control` beside the messages marks the last block.
 */
export function blocksOf(params: Params): PromptBlock[] {
  const { output_config: config, tools, system, messages } = params;
  const blocks: PromptBlock[] = [];
  if (isJsonObject(config) && isJsonObject(config['format'])) blocks.push(jsonBlock(config['format']));
  for (const tool of elementsOf(tools)) blocks.push(jsonBlock(tool));
  blocks.push(...contentBlocks(system, ''));
  for (const message of elementsOf(messages)) {
    if (!isJsonObject(message)) continue;
    const { role, content } = message;
    blocks.push(...contentBlocks(content, typeof role === 'string' ? role : '?'));
  }
  const last = blocks.at(-1);
  if (last !== undefined) last.ttl = markOf(params) ?? last.ttl;
  return blocks;
}

/**
 * The sum over `blocksOf`, without making the blocks, for params without a cache breakpoint and below `most` bytes; undefined for others.
 * Most prompts are like that, and nothing else of their blocks is needed.
 */
export function weighPlain(params: Params, most: number): PromptWeight | undefined {
  const { output_config: config, tools, system, messages } = params;
  if (markOf(params) !== undefined) return undefined;
  const sum: PromptWeight = { weight: 0, images: 0, documentBytes: 0, unseen: 0 };
  if (isJsonObject(config) && isJsonObject(config['format']) && !addJson(config['format'], sum)) return undefined;
  for (const tool of elementsOf(tools)) if (!addJson(tool, sum)) return undefined;
  if (!addContent(system, '', sum)) return undefined;
  for (const message of elementsOf(messages)) {
    if (!isJsonObject(message)) continue;
    const { role, content } = message;
    if (!addContent(content, typeof role === 'string' ? role : '?', sum) || sum.weight >= most) return undefined;
  }
  return sum.weight < most ? sum : undefined;
}

/** Returns whether it has no breakpoint. */
function addJson(value: unknown, sum: PromptWeight): boolean {
  if (markOf(value) !== undefined) return false;
  weighJson(value, sum);
  return true;
}

/** Returns whether none of it has a breakpoint. */
function addContent(content: unknown, role: string, sum: PromptWeight): boolean {
  if (typeof content === 'string') {
    weighBlock(content, sum);
    if (role !== '') sum.weight += messageWeight;
    return true;
  }
  const given = elementsOf(content);
  for (const block of given) {
    if (markWithin(block) !== undefined) return false;
    weighBlock(block, sum);
  }
  if (given.length > 0 && role !== '') sum.weight += messageWeight;
  return true;
}

function emptyBlock(content: unknown, role: string, ttl: Lifetime | undefined): PromptBlock {
  return { content, role, ttl, weight: 0, images: 0, documentBytes: 0, unseen: 0 };
}

function jsonBlock(value: unknown): PromptBlock {
  const block = emptyBlock(value, '', markOf(value));
  weighJson(value, block);
  return block;
}

function contentBlocks(content: unknown, role: string): PromptBlock[] {
  return (typeof content === 'string' ? [content] : elementsOf(content)).map((given, index) => {
    const block = emptyBlock(given, index === 0 ? role : '', markWithin(given));
    weighBlock(given, block);
    if (block.role !== '') block.weight += messageWeight;
    return block;
  });
}

/** The breakpoint on the block or on one of its inner blocks; both count alike here. */
function markWithin(block: unknown): Lifetime | undefined {
  if (!isJsonObject(block)) return undefined;
  const { text, type, source, content } = block;
  const own = markOf(block);
  if (own !== undefined || typeof text === 'string') return own;
  const parts = type === 'tool_result' ? content : isJsonObject(source) ? source['content'] : undefined;
  const marks = elementsOf(parts).map(markOf);
  return marks.includes('1h') ? '1h' : marks.find((mark) => mark !== undefined);
}

function markOf(value: unknown): Lifetime | undefined {
  const mark = isJsonObject(value) ? value['cache_control'] : undefined;
  if (!isJsonObject(mark)) return undefined;
  return mark['ttl'] === '1h' ? '1h' : '5m';
}

/**
 * What makes two blocks equal: a block's text, or its JSON without the cache breakpoint. Undefined if the value is nested too deep to
 * print.
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
