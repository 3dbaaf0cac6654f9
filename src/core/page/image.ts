import { memberOf, textOf } from '../text/json.ts';
import { formatBytes } from '../text/numbers.ts';
import type { PagePart } from './case.ts';

/** The types that the API accepts. All are pure pixels: no scripts and no links, unlike SVG. */
const MEDIA_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** An image block: its type and size with the picture itself, or its source; undefined for an unknown form. */
export function imagePart(block: unknown): PagePart | undefined {
  const source = memberOf(block, 'source');
  const elsewhere = textOf(source, 'url') ?? textOf(source, 'file_id');
  if (elsewhere !== undefined) return { kind: 'image', text: elsewhere };
  const type = textOf(source, 'media_type');
  const data = textOf(source, 'data');
  if (type === undefined || data === undefined) return undefined;
  const text = `${type}, ${formatBytes(Math.floor((data.length * 3) / 4))}`;
  const isShown = MEDIA_TYPES.includes(type) && BASE64.test(data);
  return { kind: 'image', text, ...(isShown && { image: `data:${type};base64,${data}` }) };
}
