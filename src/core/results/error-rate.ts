import type { OutcomeCounts } from './accounts.ts';

/**
 * Whether too many requests ended without an answer. The limit is in millionths of a percent; the comparison is exact.
 * No request at all is never too many.
 */
export function exceedsErrorRate(counts: OutcomeCounts, maxErrorRateMicroPercent: number): boolean {
  const unanswered = counts.total - counts.succeeded;
  return BigInt(unanswered) * 100_000_000n > BigInt(maxErrorRateMicroPercent) * BigInt(counts.total);
}

/**
 * Percent of requests without an answer, rounded up to two decimals, so that one of a million never reads as none; to as many
 * as the limit has where that are more, so that a rate within it never reads as above it.
 */
export function errorRatePercent(counts: OutcomeCounts, maxErrorRateMicroPercent: number): number {
  const [, limitDecimals = ''] = String(maxErrorRateMicroPercent / 1_000_000).split('.');
  const decimals = Math.max(2, limitDecimals.length);
  const unanswered = counts.total - counts.succeeded;
  return counts.total === 0 ? 0 : Math.ceil((unanswered * 10 ** (decimals + 2)) / counts.total) / 10 ** decimals;
}
