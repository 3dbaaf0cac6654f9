import type { ReuseAccount } from '../reuse/reuse-account.ts';
import { type Femto, formatMicro, roundToMicro } from '../text/money.ts';
import type { SummaryReuse } from './summary.ts';

const DAY_MS = 86_400_000;

/** From this age on the report says how old reused answers are. */
export const OLD_DAYS = 7;

/** What was reused as the summary tells it, with ages at `nowMs`; `judgements` is what the reused ones of a judge cost. */
export function reuseOf(
  { reused, sent, savedCost, oldestMs, sources, unavailable }: ReuseAccount,
  { nowMs, judgements }: { readonly nowMs: number; readonly judgements: Femto },
): SummaryReuse {
  const ageDays = reused === 0 ? null : ageInDays(oldestMs, nowMs);
  return {
    reused,
    sent,
    saved_usd: formatMicro(roundToMicro(savedCost) + roundToMicro(judgements)),
    unavailable,
    oldest_at: reused === 0 ? null : new Date(oldestMs).toISOString(),
    age_days: ageDays,
    is_old: ageDays !== null && ageDays >= OLD_DAYS,
    sources: sources.map(({ batchId, createdAtMs, answers }) => {
      return { batch_id: batchId, created_at: new Date(createdAtMs).toISOString(), answers };
    }),
  };
}

/** Whole days since then; 0 where the clock of the runner is behind. */
export function ageInDays(atMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - atMs) / DAY_MS));
}
