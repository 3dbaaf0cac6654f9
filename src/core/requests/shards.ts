import { MAX_BODY_BYTES, MAX_REQUESTS } from './limits.ts';

/** The requests of one batch, by position, in order. */
export type Shard = readonly number[];

const FRAME_BYTES = '{"requests":[]}'.length;

/**
 * Splits requests, in order, into as few batches as the limits allow, each filled in turn. `bytesOf` is the length of a request's line.
 * The same requests always give the same shards.
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
