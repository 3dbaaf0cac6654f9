import { isJsonObject, type JsonObject } from '../text/json.ts';

/**
 * How heavy a part of a prompt is, before anything is counted. `weight` is in bytes of UTF-8: of its text, and for what is
 * no text the bytes of text that make about as many tokens. Four bytes are roughly a token; how many they really are is
 * measured on a sample, so that only the proportions between requests matter here.
 */
export interface PromptWeight {
  weight: number;
  images: number;
  /** Bytes of PDFs inside the request. */
  documentBytes: number;
  /** Documents given by URL or file id, whose size is not known. */
  unseen: number;
}

/** A message costs some four tokens for its role and its ends. */
export const messageWeight = 16;

/** An image of usual size takes about 1,600 tokens, however many bytes of base64 it has. */
export const imageWeight = 6_400;

/** A page of a PDF has 20 to 50 KB and takes 2,000 to 4,500 tokens (its text and its picture): about one in ten bytes. */
const documentWeight = 0.4;

/** A document of unknown size is taken for a few pages. */
const unseenWeight = 40_000;

/** A block begins and ends, and its tokens are rounded up. */
const blockWeight = 2;

/** Adds a text. */
export function weighText(text: string, sum: PromptWeight): void {
  sum.weight += bytesOf(text) + blockWeight;
}

/** Bytes of UTF-8. For short texts a loop is quicker than the call. */
function bytesOf(text: string): number {
  if (text.length > 16) return Buffer.byteLength(text);
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return Buffer.byteLength(text);
  return text.length;
}

/**
 * Adds a content block. Images and PDFs count by what they are, also inside a tool result or a document made of blocks;
 * whatever else is no text counts as its JSON.
 */
export function weighBlock(block: unknown, sum: PromptWeight, isNested = false): void {
  const { type, text, source, content } = isJsonObject(block) ? block : {};
  if (typeof block === 'string') {
    weighText(block, sum);
  } else if (typeof text === 'string' && (type === 'text' || type === undefined)) {
    weighText(text, sum);
  } else if (type === 'image' && isJsonObject(source)) {
    sum.images += 1;
    sum.weight += imageWeight;
  } else if (isJsonObject(block) && type === 'document' && isJsonObject(source)) {
    weighDocument(block, source, sum, isNested);
  } else if (isJsonObject(block) && type === 'tool_result' && Array.isArray(content) && !isNested) {
    weighJson({ ...block, content: null }, sum);
    for (const part of content) weighBlock(part, sum, true);
  } else {
    weighJson(block, sum);
  }
}

function weighDocument(block: JsonObject, source: JsonObject, sum: PromptWeight, isNested: boolean): void {
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
  weighJson({ ...block, source: null }, sum);
}

/** Adds a value as long as its JSON, near enough. Goes as deep as the value does, without a stack that could overflow. */
export function weighJson(value: unknown, sum: PromptWeight): void {
  let bytes = blockWeight;
  const open: object[] = [];
  // Most of a tool are short texts: only what has members of its own waits for its turn.
  const add = (part: unknown): void => {
    if (typeof part === 'string') bytes += bytesOf(part) + 3;
    else if (typeof part !== 'object') bytes += part === undefined ? 0 : String(part).length + 1;
    else if (part === null) bytes += 5;
    else {
      bytes += 2;
      open.push(part);
    }
  };
  add(value);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (Array.isArray(at)) {
      for (const element of at) add(element);
      continue;
    }
    for (const name of Object.keys(at)) {
      const member = (at as JsonObject)[name];
      if (member === undefined || name === 'cache_control') continue;
      bytes += bytesOf(name) + 3;
      add(member);
    }
  }
  sum.weight += bytes;
}
