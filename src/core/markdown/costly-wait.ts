import type { Note } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
import { billedWait } from '../summary/waiting-summary.ts';
import { microOf, spentUsd } from './reuse-part.ts';

/** A note that waiting cost more than the batch saved; undefined if it did not, or if either amount is unknown. */
export function costlyWaitOf(summary: Pick<Summary, 'waiting' | 'cost' | 'reuse' | 'requests'>): Note | undefined {
  const { cost, requests } = summary;
  const waiting = billedWait(summary);
  const spent = spentUsd(summary);
  if (waiting?.usd == null || cost.usd === null || cost.saved_usd === null || spent === null) return undefined;
  if (cost.lower_bound || (requests.succeeded ?? 0) === 0) return undefined;
  const [usd, saved] = [microOf(cost.usd), microOf(cost.saved_usd)];
  // The saving on reused answers belongs to the earlier runs' batches.
  const savedNow = usd === 0n ? 0n : (saved * microOf(spent)) / usd;
  return microOf(waiting.usd) > savedNow ? { code: 'wait-cost-more' } : undefined;
}
