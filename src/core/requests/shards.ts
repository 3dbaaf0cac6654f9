import { MAX_BODY_BYTES, MAX_REQUESTS } from './limits.ts';

/** The requests of one batch, by position, in order. */
export type Shard = readonly number[];

const FRAME_BYTES = '{"requests":[]}'.length;

/**
 * Deals requests out to as few batches as their limits allow, in order: each takes what fits. `bytesOf` is the length of a
 * request's line. The same requests always make the same shards.
 */
export function splitIntoShards(positions: Iterable<number>, bytesOf: (position: number) => number): readonly Shard[] {
  const shards: number[][] = [];
  let current: number[] = [];
  let bytes = FRAME_BYTES;
  for (const position of positions) {
    const more = bytesOf(position) + (current.length === 0 ? 0 : 1);
    if (current.length > 0 && (current.length === MAX_REQUESTS || bytes + more > MAX_BODY_BYTES)) {
      shards.push(current);
      current = [];
      bytes = FRAME_BYTES;
    }
    bytes += current.length === 0 ? bytesOf(position) : more;
    current.push(position);
  }
  return current.length === 0 ? shards : [...shards, current];
}
