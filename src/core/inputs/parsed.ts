import type { ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';

/** A checked value, or everything that is wrong with it. */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'wrong'; readonly problems: readonly ProblemData[] };

export function value<T>(of: T): Parsed<T> {
  return { kind: 'value', value: of };
}

export function wrong(...problems: readonly ProblemData[]): Parsed<never> {
  return { kind: 'wrong', problems };
}

/** Shortens an invalid value for a problem. */
export function clipValue(text: string): string {
  return clip(text, 60);
}
