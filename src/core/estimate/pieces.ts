import type { Params } from '../requests/params.ts';
import { isJsonObject, type JsonObject } from '../text/json-object.ts';
import { type Load, loadBlock, loadJson, loadText, messageWeight } from './load.ts';

/** How long a cache entry lives. */
export type Lifetime = '5m' | '1h';

/** A piece of a prompt, as small as a cache entry can end with. */
export interface Piece extends Load {
  /** A text, or a block or tool as parsed JSON. */
  readonly content: unknown;
  /** The role, where a message begins with this piece. */
  readonly role: string;
  /** Lifetime of the cache entry that ends here, where the request marks one. */
  ttl: Lifetime | undefined;
}

/**
 * The prompt of any params in the order the API caches it: output format, tools, system, messages. Nothing is checked: what
 * the API would not take is weighed as it is or left out. `cache_control` beside the messages marks the last piece.
 */
export function piecesOf(params: Params): Piece[] {
  const pieces: Piece[] = [];
  const config = params['output_config'];
  if (isJsonObject(config) && isJsonObject(config['format'])) pieces.push(jsonPiece(config['format']));
  for (const tool of elementsOf(params['tools'])) pieces.push(jsonPiece(tool));
  addBlocks(params['system'], '', pieces);
  for (const message of elementsOf(params['messages'])) {
    if (!isJsonObject(message)) continue;
    const { role, content } = message;
    addBlocks(content, typeof role === 'string' ? role : '?', pieces);
  }
  const last = pieces.at(-1);
  if (last !== undefined) last.ttl = markOf(params) ?? last.ttl;
  return pieces;
}

/**
 * The load of all pieces together, and whether any of them is marked: what most requests need to be looked at for, without
 * an object for each piece.
 */
export function loadPrompt(params: Params): { readonly load: Load; readonly isMarked: boolean } {
  const load: Load = { weight: 0, images: 0, documentBytes: 0, unseen: 0 };
  const config = params['output_config'];
  let isMarked = markOf(params) !== undefined;
  const addJson = (value: unknown): void => {
    loadJson(value, load);
    isMarked ||= isJsonObject(value) && markOf(value) !== undefined;
  };
  const addContent = (content: unknown, weight: number): void => {
    if (typeof content === 'string') {
      loadText(content, load);
      load.weight += weight;
      return;
    }
    const blocks = elementsOf(content);
    if (blocks.length > 0) load.weight += weight;
    for (const block of blocks) {
      loadBlock(block, load);
      isMarked ||= markWithin(block) !== undefined;
    }
  };
  if (isJsonObject(config) && isJsonObject(config['format'])) addJson(config['format']);
  for (const tool of elementsOf(params['tools'])) addJson(tool);
  addContent(params['system'], 0);
  for (const message of elementsOf(params['messages'])) {
    if (isJsonObject(message)) addContent(message['content'], message['role'] === '' ? 0 : messageWeight);
  }
  return { load, isMarked };
}

/** The elements of a JSON list; none of anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function emptyPiece(content: unknown, role: string, ttl: Lifetime | undefined): Piece {
  return { content, role, ttl, weight: 0, images: 0, documentBytes: 0, unseen: 0 };
}

function jsonPiece(value: unknown): Piece {
  const piece = emptyPiece(value, '', isJsonObject(value) ? markOf(value) : undefined);
  loadJson(value, piece);
  return piece;
}

function addBlocks(content: unknown, role: string, pieces: Piece[]): void {
  let at = role;
  for (const block of typeof content === 'string' ? [content] : elementsOf(content)) {
    const piece = emptyPiece(block, at, markWithin(block));
    loadBlock(block, piece);
    if (at !== '') piece.weight += messageWeight;
    pieces.push(piece);
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
