/** A value at each position from 0, like a list, but possibly made only on demand. */
export interface Sequence<T> extends Iterable<T> {
  readonly length: number;
  at(position: number): T | undefined;
}

/** Asks `at` for positions from 0 to below `length()`, which may grow. */
export function sequenceOf<T>(length: () => number, at: (position: number) => T): Sequence<T> {
  return {
    get length() {
      return length();
    },
    at: (position) => (position >= 0 && position < length() ? at(position) : undefined),
    *[Symbol.iterator]() {
      for (let position = 0; position < length(); position += 1) yield at(position);
    },
  };
}
