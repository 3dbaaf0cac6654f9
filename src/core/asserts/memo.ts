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
