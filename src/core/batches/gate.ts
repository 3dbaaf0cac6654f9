import type { OutcomeCounts } from './accounts.ts';

/**
 * Whether too many requests ended without an answer. The limit is in millionths of a percent; the comparison is exact.
 * No request at all is never too many.
 */
export function exceedsErrorRate(counts: OutcomeCounts, maxErrorRateMicroPercent: number): boolean {
  const unanswered = counts.total - counts.succeeded;
  return BigInt(unanswered) * 100_000_000n > BigInt(maxErrorRateMicroPercent) * BigInt(counts.total);
}

/** Percent of requests without an answer, with at most two decimals, rounded up so that none never reads as 0. */
export function formatErrorRate(counts: OutcomeCounts): string {
  const unanswered = counts.total - counts.succeeded;
  if (counts.total === 0 || unanswered === 0) return '0';
  const hundredths = Math.ceil((unanswered * 10_000) / counts.total);
  return (hundredths / 100).toString();
}
