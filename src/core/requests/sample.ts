import { sha256 } from '../text/sha256.ts';

/** How many of the requests to take: a number, or a share in millionths of a percent. */
export type SampleSize =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly microPercent: number };

/** Chooses the same requests from the same IDs, in whatever order. */
export interface Sample {
  /** How many of the IDs it contains. */
  readonly count: number;
  /** Whether it contains an ID, even one that was not among those it was chosen from. */
  takes(customId: string): boolean;
}

/** A size in the input's form: `50`, `10%`. */
export function printSampleSize(size: SampleSize): string {
  return size.kind === 'count' ? String(size.count) : `${size.microPercent / 1_000_000}%`;
}

/** The number for this total; a share is rounded up. */
function countOf(size: SampleSize, total: number): number {
  if (size.kind === 'count') return Math.min(size.count, total);
  // Products are exact up to ninety million requests.
  return Math.min(Math.ceil((size.microPercent * total) / 100_000_000), total);
}

/**
 * Chooses among the IDs of requests, each without repeat suffix. Takes those with the smallest digests, so that adding or removing one
 * request in the files adds at most one to the sample and removes at most one.
 */
export function chooseSample(customIds: Iterable<string>, size: SampleSize): Sample {
  const ranks = Float64Array.from(Array.from(customIds, rankOf)).sort();
  const count = countOf(size, ranks.length);
  // Nothing is left out, so further requests of another run are not either.
  if (count === ranks.length) return { count, takes: () => true };
  const last = ranks[count - 1] ?? -1;
  return { count, takes: (customId) => rankOf(customId) <= last };
}

/** The first 52 bits of an ID's digest: among a million IDs, two share them once in nine thousand files. */
function rankOf(customId: string): number {
  return Number.parseInt(sha256(customId).slice(0, 13), 16);
}
