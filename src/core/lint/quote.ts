import { quoteAscii } from '../text/value-words.ts';

/** A name from a request: one line of plain ASCII, at most 40 characters, the rest escaped; never a key that went astray. */
export function quoteName(name: string): string {
  if (/sk-ant-/i.test(name)) return '(a name that holds an API key)';
  return quoteAscii(name);
}

/** A value in quotes where it is a word such as a role or a type; undefined for anything that may be text of a prompt. */
export function quoteWord(value: unknown): string | undefined {
  const isWord = typeof value === 'string' && /^[\w./:-]{1,40}$/.test(value) && !/sk-ant-/i.test(value);
  return isWord ? JSON.stringify(value) : undefined;
}

/** `"a", "b" or "c"`; of long lists the beginning. */
export function quoteChoice(words: readonly unknown[]): string {
  const quoted = words.slice(0, 8).map((word) => JSON.stringify(word));
  if (words.length > quoted.length) return `${quoted.join(', ')} or another that the API knows`;
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}` : (quoted[0] ?? '');
}
