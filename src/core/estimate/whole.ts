/**
 * A whole number of 1 or more as params give it, else 0. Larger ones than can be kept exactly (1e20, and 1e400, which is read as
 * infinite) are the largest that can: no model allows that many, and as 0 they would pass every limit.
 */
export function wholeOf(value: unknown): number {
  if (typeof value !== 'number' || !(value > 0)) return 0;
  if (value >= Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER;
  return Number.isInteger(value) ? value : 0;
}
