import type { Guard } from './time-limit.ts';

/** A regular expression without flags, and how often it was too slow. */
export interface Pattern {
  readonly source: string;
  readonly guard: Guard;
  /** The text of the first match. Run it with a time limit. */
  find(text: string): string | undefined;
}

/** Compiles a pattern, or says why it is none. */
export function compilePattern(source: string): Pattern | { readonly fault: string } {
  let regex: RegExp;
  try {
    regex = new RegExp(source);
  } catch (error) {
    // The pattern is in the message as well: only what follows it is of interest.
    return { fault: String(Error.isError(error) ? error.message : error).replace(/^.*: /s, '') };
  }
  return { source, guard: { strikes: 0 }, find: (text) => regex.exec(text)?.[0] };
}
