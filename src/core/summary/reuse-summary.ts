import type { Reuse } from '../endings/outcome.ts';
import { type Femto, formatMicro, roundToMicro } from '../text/money.ts';
import type { SummaryReuse } from './summary.ts';

const DAY_MS = 86_400_000;

/** From this age on, the report says how old reused answers are. */
export const OLD_DAYS = 7;

/** Facts that the outcome does not contain. */
interface ReuseAbout {
  /** The number of requests sent, if no answer is reused. */
  readonly sent: number;
  readonly nowMs: number;
  /** The cost of reused judgements. */
  readonly judgements: Femto;
  readonly unavailable: number;
}

/** The summary's form of reuse, with ages at `nowMs`; null if nothing was, or was meant to be, reused. */
export function reuseOf(reuse: Reuse | undefined, about: ReuseAbout): SummaryReuse | null {
  const { nowMs, judgements, unavailable } = about;
  if (reuse === undefined && unavailable === 0 && judgements === 0n) return null;
  const none: Reuse = { reused: 0, sent: about.sent, savedUsd: 0n, oldestMs: undefined, sources: [] };
  const { reused, sent, savedUsd, oldestMs, sources } = reuse ?? none;
  const ageDays = oldestMs === undefined ? null : ageInDays(oldestMs, nowMs);
  return {
    reused,
    sent,
    saved_usd: formatMicro(roundToMicro(savedUsd) + roundToMicro(judgements)),
    unavailable,
    oldest_at: timeOf(oldestMs),
    age_days: ageDays,
    is_old: ageDays !== null && ageDays >= OLD_DAYS,
    sources: sources.map(({ id, createdAtMs, count }) => {
      return { batch_id: id, created_at: timeOf(createdAtMs), answers: count };
    }),
  };
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined || !Number.isFinite(ms) ? null : new Date(ms).toISOString();
}

/** Whole days since then; 0 if the runner's clock is behind. */
export function ageInDays(atMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - atMs) / DAY_MS));
}
