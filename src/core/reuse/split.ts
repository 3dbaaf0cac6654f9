import type { RecordReuse } from '../record/record.ts';
import { isFitting, MAX_SPLIT_REQUESTS, MAX_SPLIT_SOURCES } from '../record/record-reuse.ts';

export { MAX_SPLIT_REQUESTS, MAX_SPLIT_SOURCES };

/** Which requests of a run take an earlier answer; the others are sent. At least one does. */
export interface Split {
  readonly requestCount: number;
  /** A bit for each request, by position, from the lowest of the first byte. */
  readonly bits: Uint8Array;
  /** IDs of the batches that the answers are taken from, newest first. */
  readonly sources: readonly string[];
  /** RFC 3339. */
  readonly decidedAt: string;
}

/** Whether the request at this position takes an earlier answer. */
export function isReused({ bits }: Pick<Split, 'bits'>, position: number): boolean {
  return (((bits[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
}

/** How many requests take an earlier answer. */
export function countReused({ bits }: Pick<Split, 'bits'>): number {
  let count = 0;
  for (const byte of bits) for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Bits for so many requests, set where `has` says so. */
export function bitsOf(requestCount: number, has: (position: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(requestCount / 8));
  for (let position = 0; position < requestCount; position += 1) {
    const byte = position >> 3;
    if (has(position)) bits[byte] = (bits[byte] ?? 0) | (1 << (position & 7));
  }
  return bits;
}

/**
 * The split with only those requests whose answer could be had; `had` maps a position to the batch that it came from. Undefined
 * where none is left.
 */
export function narrowSplit(split: Split, had: ReadonlyMap<number, string>): Split | undefined {
  const bits = bitsOf(split.requestCount, (position) => isReused(split, position) && had.has(position));
  if (countReused({ bits }) === 0) return undefined;
  const used = new Set(had.values());
  return { ...split, bits, sources: split.sources.filter((id) => used.has(id)) };
}

/** The split as a record has it. */
export function printSplit({ bits, sources, decidedAt }: Split): RecordReuse {
  return { bits: Buffer.from(bits).toString('base64'), sources, decidedAt };
}

/** Reads it again; undefined where it is not one of so many requests. */
export function parseSplit(reuse: RecordReuse, requestCount: number): Split | undefined {
  if (!isFitting(reuse, requestCount)) return undefined;
  const { bits, sources, decidedAt } = reuse;
  return { requestCount, bits: Buffer.from(bits, 'base64'), sources, decidedAt };
}
