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
 * The same, of keys that come again soon: before `soon` new ones at most. What is made for any other key is garbage at once, which costs
 * the collector nearly nothing; kept, it would grow old.
 */
export function createRepeatMemo<T>(most: number, soon: number): (key: string, make: () => T) => T {
  const kept = createMemo<T>(most);
  const met = createMemo<{ isAgain: boolean }>(soon);
  return (key, make) => {
    const one = met(key, () => ({ isAgain: false }));
    if (one.isAgain) return kept(key, make);
    one.isAgain = true;
    return make();
  };
}
