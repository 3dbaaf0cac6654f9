/** What is at each position from 0, as a list has it, though it may be made only when it is asked for. */
export interface Sequence<T> extends Iterable<T> {
  readonly length: number;
  at(position: number): T | undefined;
}

/** `at` is asked for positions from 0 to below `length()`, which may grow. */
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

/** Whole numbers from 0 to 2^53 - 1 by position; 0 where none was set. */
export interface Column {
  at(position: number): number;
  set(position: number, value: number): void;
}

const FIRST_ROOM = 1_024;
const MAX_UINT32 = 2 ** 32 - 1;

/** An empty column. It takes no memory before its first number that is not 0, and four bytes a position while all are below 2^32. */
export function createColumn(): Column {
  let values: Uint32Array | Float64Array = new Uint32Array(0);
  return {
    at: (position) => values[position] ?? 0,
    set(position, value) {
      if (position >= values.length) {
        if (value === 0) return;
        values = copyOf(values, Math.max(FIRST_ROOM, position + 1 + (position >> 1)));
      }
      if (value > MAX_UINT32 && values instanceof Uint32Array) values = Float64Array.from(values);
      values[position] = value;
    },
  };
}

function copyOf<Values extends Uint32Array | Float64Array>(values: Values, length: number): Values {
  const larger = (values instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length)) as Values;
  larger.set(values);
  return larger;
}
