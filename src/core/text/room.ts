/** Up to this many bytes, leave room for longer lines; above, lines are rare, and twice their memory would be much. */
const LONG_BYTES = 1 << 20;

/** How many bytes of reusable memory to allocate for a line of this length. */
export function roomFor(length: number): number {
  return length > LONG_BYTES ? length : 2 * length;
}
