/**
 * Keeps what was made for a key: the `most` newest keys at least, and up to twice as many. Maps that are full are left and not
 * emptied key by key: a map that grows and shrinks all the time keeps what was removed alive until the whole heap is cleared.
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
 * Keeps what was made for the latest `most` keys that came again soon: among the next `soon` new ones. What is made for any other key is
 * garbage at once, which costs the collector nearly nothing; kept, it would grow old. Both numbers are small: looking at so many keys,
 * most of which differ in length, is quicker than computing the hash of a long one.
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

/** The latest `size` values, each written over by the one that comes `size` later. */
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
