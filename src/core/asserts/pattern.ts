import type { Guard } from './time-limit.ts';

/** A regular expression without flags that counts how often it was too slow. */
export interface Pattern {
  readonly source: string;
  readonly guard: Guard;
  /** The text of the first match. Run it with a time limit, unless the pattern is quick. */
  find(text: string): string | undefined;
  /** Whether it ends within a fraction of a second on any text of this many characters. */
  isQuick(length: number): boolean;
}

/** Compiles a pattern, or says why it is invalid. */
export function compilePattern(source: string): Pattern | { readonly fault: string } {
  let regex: RegExp;
  try {
    regex = new RegExp(source);
  } catch (error) {
    // The message repeats the pattern; keep only what follows.
    return { fault: String(Error.isError(error) ? error.message : error).replace(/^.*: /s, '') };
  }
  const maxQuick = quickLengthOf(source);
  return {
    source,
    guard: { strikes: 0 },
    find: (text) => regex.exec(text)?.[0],
    isQuick: (length) => length <= maxQuick,
  };
}

/** Longer patterns are not examined and count as slow. */
const MAX_SOURCE = 300;
/** Without a quantifier, a pattern is tried once at each character. With one, each try may run to the end of the text: quadratic time. */
const QUICK_LENGTHS = [100_000, 2_000];

/**
 * Longest text on which a pattern is certain to be quick; -1 if nothing is certain. Patterns get slow when one choice follows another: a
 * second quantifier, a second group, a quantified group, a backreference or a lookaround.
 */
function quickLengthOf(source: string): number {
  if (source.length > MAX_SOURCE || /\\[1-9k]/.test(source)) return -1;
  const plain = source.replace(/\\(?:[pPu]\{[^}]*\}|.)/gs, 'a').replace(/\[[^\]]*\]/g, 'a');
  const groups = plain.match(/\((?:\?:)?/g)?.length ?? 0;
  const quantifiers = plain.replace(/\(\?:/g, '(').match(/[*+?{]/g)?.length ?? 0;
  if (groups > 1 || /\)[*+?{]/.test(plain)) return -1;
  return QUICK_LENGTHS[quantifiers] ?? -1;
}
