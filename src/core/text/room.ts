/** Lines up to here may grow, bytes; a longer one is rare, and twice its memory would be much. */
const LONG_BYTES = 1 << 20;

/** How many bytes of memory to take, to be used again and again, for a line of so many. */
export function roomFor(length: number): number {
  return length > LONG_BYTES ? length : 2 * length;
}
