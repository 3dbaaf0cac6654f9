/**
 * Keeps what was made for a key: the `most` newest keys at least, and up to twice as many. Maps that are full are left and not
 * emptied key by key: a map that grows and shrinks all the time keeps what was removed alive until the whole heap is cleared.
 */
export function createMemo<T>(most = Number.POSITIVE_INFINITY): (key: string, make: () => T) => T {
  const kept = createKept<T>(most);
  return (key, make) => kept.get(key) ?? kept.put(key, make());
}

function createKept<T>(most: number) {
  let newest = new Map<string, T>();
  let older: ReadonlyMap<string, T> = new Map();
  function put(key: string, value: T): T {
    if (newest.size >= most) {
      older = newest;
      newest = new Map();
    }
    newest.set(key, value);
    return value;
  }
  return {
    put,
    /** Makes it one of the newest. */
    get(key: string): T | undefined {
      const known = newest.get(key);
      if (known !== undefined) return known;
      const old = older.get(key);
      return old === undefined ? undefined : put(key, old);
    },
  };
}

/**
 * The same, of keys that come again soon: among the next `soon` new ones. What is made for any other key is garbage at once, which costs
 * the collector nearly nothing; kept, it would grow old.
 */
export function createRepeatMemo<T>(most: number, soon: number): (key: string, make: () => T) => T {
  const kept = createKept<T>(most);
  /** The latest new keys, each written over by the one that comes `soon` later. */
  const met: string[] = [];
  let at = 0;
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (met.includes(key)) return kept.put(key, make());
    met[at] = key;
    at = (at + 1) % soon;
    return make();
  };
}
