import { parseTime } from '../text/numbers.ts';
import { sha256 } from '../text/sha256.ts';

/** Results for fewer requests than the batch holds. */
export interface ShortList {
  /** How many of the requests have a readable line. */
  readonly came: number;
  /** How many the batch holds; 0 if neither the record nor the API says. */
  readonly total: number;
  /** Equal for equal ids, whatever their order. */
  readonly digest: string;
  /** Whether all complete downloads of this run, at least two, contained the same ids. */
  readonly isSteady: boolean;
}

export function digestOf(ids: Iterable<string>): string {
  return sha256(JSON.stringify([...new Set(ids)].sort()));
}

/** How long after a batch's end its results may still be incomplete, in ms. */
const LATE_MS = 3_600_000;

/**
 * Whether the missing results are lost for good: an earlier run got the same list, and the batch ended at least an hour ago. A list
 * without any of the requests does not count: it is a gateway's page, or another batch's results.
 */
export function isFinal(
  { came, digest, isSteady }: ShortList,
  {
    endedAt,
    nowMs,
    earlier,
  }: { readonly endedAt: string | null; readonly nowMs: number; readonly earlier: readonly string[] },
): boolean {
  const ended = endedAt === null ? undefined : parseTime(endedAt);
  return came > 0 && isSteady && ended !== undefined && nowMs - ended >= LATE_MS && earlier.includes(digest);
}

/** The key under which a run stores the digest of a batch's short list. */
export function shortListKey(batchId: string): string {
  return `short-${sha256(batchId).slice(0, 32)}`;
}
