import { sha256 } from '../text/sha256.ts';

const ENDING = '.html';
/**
 * File systems allow 255 bytes (Windows: 255 UTF-16 units, never more than the bytes). Leaves room for the suffix while the file is being
 * written, and for a number if the artifact's name is taken.
 */
const MAX_BYTES = 240;

/** The page's file name: the artifact's, cut if too long; a hash of the whole name then keeps it unique. */
export function pageFileName(artifactName: string): string {
  const name = artifactName || 'report';
  if (Buffer.byteLength(name + ENDING) <= MAX_BYTES) return name + ENDING;
  const ending = `-${sha256(name).slice(0, 8)}${ENDING}`;
  return cutToBytes(name, MAX_BYTES - ending.length) + ending;
}

/** File name for downloaded cases: the evaluation's name, without characters that a file system or shell may reject. */
export function csvFileName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${cutToBytes(safe, 100) || 'cases'}.csv`;
}

/** The longest prefix that fits, without half a character at its end. */
function cutToBytes(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}
