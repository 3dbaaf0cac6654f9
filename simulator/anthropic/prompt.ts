import { elements, type Fields, isFields } from './fields.ts';

/** A piece of a prompt in the order the API caches it: output format, tools, system, messages. */
export interface PromptPiece {
  readonly text: string;
  readonly tokens: number;
  /** Lifetime of the cache entry that ends with this piece, where the request marks one. */
  readonly ttl: '5m' | '1h' | undefined;
}

const messageTokens = 4;
const imageTokens = 1600;

/**
 * Tokens of a text. The simulator's one rule, for `count_tokens`, for usage and for answers: four bytes of UTF-8 are a
 * token, rounded up per piece; each message adds 4, an image is 1,600, a block other than text counts as its JSON.
 */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

/** The pieces of checked params. `cache_control` beside the messages marks the last piece, as the API's automatic caching does. */
export function piecesOf(params: Fields): readonly PromptPiece[] {
  const pieces: PromptPiece[] = [];
  const format = isFields(params['output_config']) ? params['output_config']['format'] : undefined;
  if (isFields(format)) pieces.push(pieceOf(format));
  for (const tool of elements(params['tools'])) pieces.push(pieceOf(tool));
  for (const block of blocksOf(params['system'])) pieces.push(pieceOf(block));
  for (const message of elements(params['messages'])) {
    if (!isFields(message)) continue;
    pieces.push({ text: `${message['role']}: `, tokens: messageTokens, ttl: undefined });
    for (const block of blocksOf(message['content'])) pieces.push(pieceOf(block));
  }
  const last = pieces.at(-1);
  const ttl = lifetimeOf(params);
  if (last !== undefined && ttl !== undefined) pieces[pieces.length - 1] = { ...last, ttl };
  return pieces;
}

function blocksOf(content: unknown): readonly unknown[] {
  return typeof content === 'string' ? [content] : elements(content);
}

function pieceOf(block: unknown): PromptPiece {
  if (!isFields(block)) return { text: String(block), tokens: tokensOf(String(block)), ttl: undefined };
  const ttl = lifetimeOf(block);
  const text =
    typeof block['text'] === 'string' ? block['text'] : JSON.stringify({ ...block, cache_control: undefined });
  return { text, tokens: block['type'] === 'image' ? imageTokens : tokensOf(text), ttl };
}

function lifetimeOf(fields: Fields): '5m' | '1h' | undefined {
  const mark = fields['cache_control'];
  if (!isFields(mark)) return undefined;
  return mark['ttl'] === '1h' ? '1h' : '5m';
}
