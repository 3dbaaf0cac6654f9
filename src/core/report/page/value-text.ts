import { formatCount } from '../numbers.ts';
import { memberOf } from './member.ts';
import { prettyJson } from './pretty-json.ts';

/** A value of any kind as indented JSON, without long files and signatures, which would only fill the page. */
export function valueText(value: unknown): string {
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

function shorten(this: unknown, name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MAX_OPAQUE || !isOpaque(this, name)) return value;
  return `(${formatCount(value.length)} characters)`;
}

function isOpaque(holder: unknown, name: string): boolean {
  if (name === 'data') return memberOf(holder, 'media_type') !== 'text/plain';
  return name === 'signature' || name.startsWith('encrypted_');
}
