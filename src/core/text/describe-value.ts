/** The type of a JSON value. */
export type JsonKind = 'null' | 'list' | 'object' | 'string' | 'number' | 'boolean';

export function kindOf(value: unknown): JsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  const kind = typeof value;
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : 'object';
}

/** With its article: `a list`, `an object`, `null`. */
export function describeKind(kind: JsonKind): string {
  if (kind === 'null') return kind;
  return `${kind === 'object' ? 'an' : 'a'} ${kind}`;
}

/**
 * A user's name or value, safe to keep and show: at most this many characters, and never an API key that was put in the wrong place. It
 * is a copy, so it does not keep the line it was cut from in memory.
 */
export function clip(text: string, most = 80): string {
  if (/sk-ant-/i.test(text)) return '[API key]';
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.slice(0, most).join('') + (characters.length > most ? '…' : '');
}

/** In quotes on one line, with everything but plain ASCII escaped, so that a look-alike letter shows. */
export function quoteAscii(name: string): string {
  return JSON.stringify(name).replace(/[^\x20-\x7e…]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Most texts match, including the mark of a cut; classifying every character takes far longer. */
const PRINTABLE = /^[ -~…]*$/;

/** In quotes on one line, with invisible characters escaped. */
export function quoteText(text: string): string {
  const quoted = JSON.stringify(text);
  if (PRINTABLE.test(quoted)) return quoted;
  return quoted.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `a, b and c`. */
export function allOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
