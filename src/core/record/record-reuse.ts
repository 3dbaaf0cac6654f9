import { batchId, type Field, listOf, object, time } from './fields.ts';
import type { RecordReuse } from './record.ts';

/** Most requests for a split to cover: it then takes less than a third of the longest record. */
export const MAX_SPLIT_REQUESTS = 200_000;
/** Most batches to take answers from. */
export const MAX_SPLIT_SOURCES = 20;

/** More than a byte for each of that many requests, in base64. */
const MAX_BYTES = 270_000;

function base64(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_BYTES) throw new TypeError('no bytes');
  return value;
}

const sources: Field<string[]> = (value) => {
  const ids = listOf(batchId)(value);
  if (ids.length < 1 || ids.length > MAX_SPLIT_SOURCES || new Set(ids).size < ids.length)
    throw new TypeError('sources');
  return ids;
};

/** Parses a record's data on earlier answers, without checking it against the number of requests. */
export const reuseOf = object<RecordReuse>({ bits: base64, from: base64, sources, decidedAt: time });

/** Whether it covers exactly this many requests, and at least one takes an earlier answer. */
export function isFitting({ bits, from, sources }: RecordReuse, requestCount: number): boolean {
  const bytes = Buffer.from(bits, 'base64');
  const tail = requestCount % 8;
  const last = bytes.at(-1) ?? 0;
  return (
    requestCount <= MAX_SPLIT_REQUESTS &&
    sources.length <= MAX_SPLIT_SOURCES &&
    bytes.length === Math.ceil(requestCount / 8) &&
    bytes.toString('base64') === bits &&
    (tail === 0 || last >> tail === 0) &&
    bytes.some((byte) => byte !== 0) &&
    (sources.length === 1 ? from === '' : isPlaced(from, { requestCount, most: sources.length }))
  );
}

/** Whether each request has one of this many sources. */
function isPlaced(from: string, { requestCount, most }: { requestCount: number; most: number }): boolean {
  const bytes = Buffer.from(from, 'base64');
  return bytes.length === requestCount && bytes.toString('base64') === from && bytes.every((byte) => byte < most);
}
