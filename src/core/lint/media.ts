import type { Path } from '../messages/params-problems.ts';
import type { Params } from '../requests/params.ts';
import { elementsOf, isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, NO_FINDINGS } from './finding.ts';

/** More faulty images in one request add nothing new. */
const MOST_OF_A_KIND = 3;

/** Checks the data of images and documents in messages and tool results: its encoding, and its actual type. */
export function lintMedia({ messages }: Params): readonly Finding[] {
  const found: Finding[] = [];
  let index = -1;
  for (const message of elementsOf(messages)) {
    index += 1;
    const content = isJsonObject(message) ? elementsOf(message['content']) : [];
    if (content.every(isText)) continue;
    found.push(...checkBlocks(content, ['messages', index, 'content']));
    if (found.length >= MOST_OF_A_KIND) break;
  }
  return found.length === 0 ? NO_FINDINGS : found.slice(0, MOST_OF_A_KIND);
}

function isText(block: unknown): boolean {
  return isJsonObject(block) && block['type'] === 'text';
}

function checkBlocks(blocks: readonly unknown[], within: Path): readonly Finding[] {
  return blocks.flatMap((block, index): readonly Finding[] => {
    if (!isJsonObject(block)) return [];
    const place = [...within, index];
    const { type, source, content } = block;
    if (type === 'tool_result') return checkBlocks(elementsOf(content), [...place, 'content']);
    if ((type !== 'image' && type !== 'document') || !isJsonObject(source)) return [];
    if (source['type'] === 'content')
      return checkBlocks(elementsOf(source['content']), [...place, 'source', 'content']);
    const { type: kind, url, data, media_type: mediaType } = source;
    if (kind === 'url' && typeof url === 'string' && isDataUri(url)) return [errorOf({ code: 'data-uri', place })];
    if (kind !== 'base64' || typeof data !== 'string') return [];
    return checkData(data, mediaType, place);
  });
}

function checkData(data: string, mediaType: unknown, place: Path): readonly Finding[] {
  if (isDataUri(data)) return [errorOf({ code: 'data-uri', place })];
  const bytes = decode(data);
  if (bytes === undefined) return [errorOf({ code: 'broken-base64', place })];
  const found = typeOf(bytes);
  const given = MEDIA_TYPES.find((type) => type === mediaType);
  if (given === undefined || found === given) return [];
  return found !== undefined || (given === 'application/pdf' && !isPdf(bytes))
    ? [errorOf({ code: 'media-type', place, given, found })]
    : [];
}

function isDataUri(text: string): boolean {
  return /^\s*data:/i.test(text.slice(0, 20));
}

/** Decodes base64, ignoring white space; undefined if it is invalid or empty. */
function decode(data: string): Buffer | undefined {
  // These searches are much faster than a regular expression, and such lines consist mostly of image data.
  const text = [' ', '\n', '\r', '\t'].some((space) => data.includes(space)) ? data.replace(/\s+/g, '') : data;
  if (text.length === 0 || text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined;
  // The decoder skips invalid characters and stops at the first `=`, so only valid base64 yields this length.
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return bytes.length === (text.length / 4) * 3 - padding ? bytes : undefined;
}

const MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'] as const;

/** The first bytes of files of these types. An HTML page in place of a file is usually a server's error or login page. */
function typeOf(bytes: Buffer): (typeof MEDIA_TYPES)[number] | 'text/html' | undefined {
  const start = bytes.toString('latin1', 0, 64);
  if (start.startsWith('\x89PNG')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF8')) return 'image/gif';
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return 'image/webp';
  if (start.startsWith('%PDF')) return 'application/pdf';
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b/i.test(start) ? 'text/html' : undefined;
}

/** Readers search this many bytes from the start for the header (Adobe's PDF Reference 1.7, appendix H, note 13). */
const PDF_HEADER_WITHIN = 1_024;

function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, PDF_HEADER_WITHIN).includes('%PDF');
}
