import { sha256 } from '../text/sha256.ts';

/** How many of the requests to take: a number, or a share in millionths of a percent. */
export type SampleSize =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly microPercent: number };

/** The same requests wherever the same IDs are, in whatever order. */
export interface Sample {
  /** How many of the IDs it takes. */
  readonly count: number;
  /** Whether an ID belongs to it, also one that is not among those it was chosen from. */
  takes(customId: string): boolean;
}

/** A size as the input has it: `50`, `10%`. */
export function printSampleSize(size: SampleSize): string {
  return size.kind === 'count' ? String(size.count) : `${size.microPercent / 1_000_000}%`;
}

/** Of so many requests; a share is rounded up. */
function countOf(size: SampleSize, total: number): number {
  if (size.kind === 'count') return Math.min(size.count, total);
  // Products are exact up to ninety million requests.
  return Math.min(Math.ceil((size.microPercent * total) / 100_000_000), total);
}

/**
 * Chooses among the IDs of requests, each without a suffix of repeats. Those with the smallest digests are taken, so that one
 * request more or less in the files brings at most one into the sample and at most one out of it.
 */
export function chooseSample(customIds: Iterable<string>, size: SampleSize): Sample {
  const ranks = Float64Array.from(Array.from(customIds, rankOf)).sort();
  const count = countOf(size, ranks.length);
  // Nothing is left out, so neither is what another run has beside these.
  if (count === ranks.length) return { count, takes: () => true };
  const last = ranks[count - 1] ?? -1;
  return { count, takes: (customId) => rankOf(customId) <= last };
}

/** The first 52 bits of the digest of an ID: of a million IDs, two share them once in nine thousand files. */
function rankOf(customId: string): number {
  return Number.parseInt(sha256(customId).slice(0, 13), 16);
}
