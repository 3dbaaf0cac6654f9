import { isJsonObject, type JsonObject } from '../text/json.ts';

/**
 * The weight of a part of a prompt, before anything is counted. `weight` is the UTF-8 bytes of its text; for anything else, the bytes of
 * text that would give about as many tokens. Four bytes make roughly a token; a sample measures the real ratio, so only the proportions
 * between requests matter here.
 */
export interface PromptWeight {
  weight: number;
  images: number;
  /** Bytes of PDFs inside the request. */
  documentBytes: number;
  /** Documents given by URL or file id, whose size is unknown. */
  unseen: number;
}

/** A message costs about four tokens for its role and its delimiters. */
export const messageWeight = 16;

/** A typical image takes about 1,600 tokens, whatever its size in base64. */
export const imageWeight = 6_400;

/** A page of a PDF has 20 to 50 KB and takes 2,000 to 4,500 tokens (its text and its picture): about one in ten bytes. */
const documentWeight = 0.4;

/** A document of unknown size counts as a few pages. */
const unseenWeight = 40_000;

/** For a block's delimiters, and for rounding up its tokens. */
const blockWeight = 2;

/**
 * Adds a content block, which may be plain text. Images and PDFs have weights of their own, even inside a tool result or a document made
 * of blocks; everything else counts as its JSON.
 */
export function weighBlock(block: unknown, sum: PromptWeight, isNested = false): void {
  const { type, text, source, content } = isJsonObject(block) ? block : {};
  const ownText = type === 'text' || type === undefined ? text : undefined;
  const plain = typeof block === 'string' ? block : ownText;
  if (typeof plain === 'string') {
    sum.weight += bytesOf(plain) + blockWeight;
  } else if (type === 'image' && isJsonObject(source)) {
    sum.images += 1;
    sum.weight += imageWeight;
  } else if (isJsonObject(block) && type === 'document' && isJsonObject(source)) {
    weighDocument(source, sum, isNested);
    weighJson({ ...block, source: null }, sum);
  } else if (isJsonObject(block) && type === 'tool_result' && Array.isArray(content) && !isNested) {
    weighJson({ ...block, content: null }, sum);
    for (const part of content) weighBlock(part, sum, true);
  } else {
    weighJson(block, sum);
  }
}

function weighDocument(source: JsonObject, sum: PromptWeight, isNested: boolean): void {
  const { type, data, content } = source;
  if (type === 'base64' && typeof data === 'string') {
    const bytes = Math.ceil((data.length * 3) / 4);
    sum.documentBytes += bytes;
    sum.weight += Math.ceil(bytes * documentWeight);
  } else if (type === 'content' && Array.isArray(content) && !isNested) {
    for (const part of content) weighBlock(part, sum, true);
  } else if (type === 'url' || type === 'file') {
    sum.unseen += 1;
    sum.weight += unseenWeight;
  } else {
    weighJson(source, sum);
  }
}

/** Adds roughly the length of a value's JSON. Works at any depth, without a stack that could overflow. */
export function weighJson(value: unknown, sum: PromptWeight): void {
  const open: unknown[] = [value];
  sum.weight += blockWeight;
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part === 'string') sum.weight += bytesOf(part) + 3;
    else if (typeof part !== 'object' || part === null) sum.weight += part === undefined ? 0 : `${part}`.length + 1;
    else {
      sum.weight += 2;
      if (Array.isArray(part)) for (const item of part) open.push(item);
      else
        for (const name in part) {
          const member = (part as JsonObject)[name];
          if (member === undefined || name === 'cache_control') continue;
          sum.weight += bytesOf(name) + 3;
          open.push(member);
        }
    }
  }
}

/** Bytes of UTF-8. For short texts a loop is faster than the call. */
function bytesOf(text: string): number {
  if (text.length > 16) return Buffer.byteLength(text);
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return Buffer.byteLength(text);
  return text.length;
}
