import { formatCount } from '../numbers.ts';
import { prettyJson } from './pretty-json.ts';

/** The content of a message as text: a string as it is, blocks one after the other with an empty line between. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (content === undefined || content === null) return '';
  return Array.isArray(content) ? content.map(blockText).join('\n\n') : blockText(content);
}

/** A member of a value of any kind that is its own; undefined where it has none. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** Text blocks as they are; of any other kind its name on a line, then what it holds. */
function blockText(block: unknown): string {
  const type = memberOf(block, 'type');
  const text = memberOf(block, 'text');
  if (type === 'text' && typeof text === 'string') return text;
  const thinking = memberOf(block, 'thinking');
  if (type === 'thinking' && typeof thinking === 'string') return `[thinking]\n${thinking}`;
  if (typeof block !== 'object' || block === null || typeof type !== 'string') return `[content]\n${valueText(block)}`;
  const { type: _type, ...rest } = block as { readonly type: string };
  return `[${type}]\n${valueText(rest)}`;
}

function valueText(value: unknown): string {
  try {
    const json = JSON.stringify(value, shorten);
    return prettyJson(json) ?? json;
  } catch {
    // V8 prints nested values by recursion and gives up at a few thousand levels.
    return '(nested too deep to be shown)';
  }
}

/** Base64 and signatures of this length say nothing to people. */
const MAX_OPAQUE = 200;

/** Files and signatures would only fill the page. */
function shorten(this: unknown, name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MAX_OPAQUE || !isOpaque(this, name)) return value;
  return `(${formatCount(value.length)} characters)`;
}

function isOpaque(holder: unknown, name: string): boolean {
  if (name === 'data') return memberOf(holder, 'media_type') !== 'text/plain';
  return name === 'signature' || name.startsWith('encrypted_');
}
