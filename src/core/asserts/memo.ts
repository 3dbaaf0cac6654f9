/**
 * Remembers what was made for at least the `most` newest keys, and for up to twice as many. A full map is dropped, not emptied key by
 * key: a map that keeps growing and shrinking keeps removed entries alive until the next full garbage collection.
 */
export function createMemo<T>(most = Number.POSITIVE_INFINITY): (key: string, make: () => T) => T {
  let newest = new Map<string, T>();
  let older: ReadonlyMap<string, T> = new Map();
  return (key, make) => {
    const known = newest.get(key);
    if (known !== undefined) return known;
    const kept = older.get(key) ?? make();
    if (newest.size >= most) {
      older = newest;
      newest = new Map();
    }
    newest.set(key, kept);
    return kept;
  };
}

/**
 * Remembers what was made for the latest `most` keys that came again within the next `soon` new ones. Anything else becomes garbage at
 * once, which costs the collector almost nothing; kept, it would grow old. Both numbers are small: comparing a few keys, most of
 * different length, is faster than hashing a long one.
 */
export function createRepeatMemo<T>(most: number, soon: number): (key: string, make: () => T) => T {
  const kept = createRing<T>(most);
  const met = createRing<true>(soon);
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (met.get(key)) kept.put(key, made);
    else met.put(key, true);
    return made;
  };
}

/** The latest `size` values; each new one overwrites the oldest. */
function createRing<T>(size: number) {
  const keys: string[] = [];
  const values: T[] = [];
  let next = 0;
  return {
    get(key: string): T | undefined {
      const at = keys.indexOf(key);
      return at === -1 ? undefined : values[at];
    },
    put(key: string, value: T): void {
      keys[next] = key;
      values[next] = value;
      next = (next + 1) % size;
    },
  };
}
