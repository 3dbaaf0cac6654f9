import { parseTime } from '../text/numbers.ts';
import { sha256 } from '../text/sha256.ts';

/** Results of fewer requests than the batch holds. */
export interface ShortList {
  /** How many of the requests have a readable line. */
  readonly came: number;
  /** How many the batch holds; 0 where neither the record nor the API says. */
  readonly total: number;
  /** The same for the same ids, whatever their order. */
  readonly digest: string;
  /** Whether every complete answer of this run, of two at least, held the same ids. */
  readonly isSteady: boolean;
}

export function digestOf(ids: Iterable<string>): string {
  return sha256(JSON.stringify([...new Set(ids)].sort()));
}

/** How long after the end of a batch its results may still be on their way, in ms. */
const LATE_MS = 3_600_000;

/**
 * Whether what a short list lacks is missing for good: an earlier run got the same list, and the batch ended an hour ago.
 * A list without any of the requests is none: a gateway's page, or the results of another batch.
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

/** The key under which a run leaves the digest of the short list that it got of a batch. */
export function shortListKey(batchId: string): string {
  return `short-${sha256(batchId).slice(0, 32)}`;
}
