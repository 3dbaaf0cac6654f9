import type { RecordReuse } from '../record/record.ts';
import { isFitting, MAX_SPLIT_REQUESTS, MAX_SPLIT_SOURCES } from '../record/record-reuse.ts';

export { MAX_SPLIT_REQUESTS, MAX_SPLIT_SOURCES };

/** Which requests of a run reuse an answer; the others are sent. At least one does. */
export interface Split {
  readonly requestCount: number;
  /** One bit per request, by position, from the lowest bit of the first byte. */
  readonly bits: Uint8Array;
  /** By position: the source of the answer; 0 for a request that is sent. */
  readonly from: Uint8Array;
  /** IDs of the batches that the answers come from, newest first. */
  readonly sources: readonly string[];
  /** RFC 3339. */
  readonly decidedAt: string;
}

/** Whether the request at this position takes an earlier answer. */
export function isReused({ bits }: Pick<Split, 'bits'>, position: number): boolean {
  return (((bits[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
}

/** Positions of the requests to send, ascending. */
export function positionsToSend(requestCount: number, split: Split | undefined): number[] {
  const positions: number[] = [];
  for (let position = 0; position < requestCount; position += 1)
    if (split === undefined || !isReused(split, position)) positions.push(position);
  return positions;
}

/** The batch with the answer to the request at this position; undefined if the request is sent. */
export function sourceOf(split: Pick<Split, 'bits' | 'from' | 'sources'>, position: number): string | undefined {
  return isReused(split, position) ? split.sources[split.from[position] ?? 0] : undefined;
}

/** How many requests take an earlier answer. */
export function countReused({ bits }: Pick<Split, 'bits'>): number {
  let count = 0;
  for (const byte of bits) for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** How many requests take their answer from each of the batches. */
export function countBySource(split: Split): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let position = 0; position < split.requestCount; position += 1) {
    const id = sourceOf(split, position);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Bits for this many requests, set where `has` is true. */
export function bitsOf(requestCount: number, has: (position: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(requestCount / 8));
  for (let position = 0; position < requestCount; position += 1) {
    const byte = position >> 3;
    if (has(position)) bits[byte] = (bits[byte] ?? 0) | (1 << (position & 7));
  }
  return bits;
}

/** The split limited to the requests whose answers were available, by position. Undefined if none is left. */
export function narrowSplit(split: Split, had: ReadonlySet<number>): Split | undefined {
  const kept = (position: number) => (had.has(position) ? sourceOf(split, position) : undefined);
  return splitOf(split, split.sources, kept);
}

/** The split in which each request takes its answer from the batch that `source` returns; `batches` are newest first. */
export function splitOf(
  { requestCount, decidedAt }: Pick<Split, 'requestCount' | 'decidedAt'>,
  batches: readonly string[],
  source: (position: number) => string | undefined,
): Split | undefined {
  const chosen = Array.from({ length: requestCount }, (_, position) => source(position));
  const used = new Set(chosen);
  const sources = batches.filter((id) => used.has(id));
  if (sources.length === 0) return undefined;
  const numbers = new Map(sources.map((id, index) => [id, index]));
  const numberOf = (id: string | undefined) => (id === undefined ? undefined : numbers.get(id));
  const bits = bitsOf(requestCount, (position) => numberOf(chosen[position]) !== undefined);
  return { requestCount, bits, from: Uint8Array.from(chosen, (id) => numberOf(id) ?? 0), sources, decidedAt };
}

/** The split in a record's form. */
export function printSplit({ bits, from, sources, decidedAt }: Split): RecordReuse {
  const places = sources.length === 1 ? '' : Buffer.from(from).toString('base64');
  return { bits: Buffer.from(bits).toString('base64'), from: places, sources, decidedAt };
}

/** Parses that form; undefined if it does not fit this number of requests. */
export function parseSplit(reuse: RecordReuse, requestCount: number): Split | undefined {
  if (!isFitting(reuse, requestCount)) return undefined;
  const { bits, from, sources, decidedAt } = reuse;
  const places = sources.length === 1 ? new Uint8Array(requestCount) : Uint8Array.from(Buffer.from(from, 'base64'));
  return { requestCount, bits: Uint8Array.from(Buffer.from(bits, 'base64')), from: places, sources, decidedAt };
}
