import { parseTime } from '../text/numbers.ts';

const DAY_MS = 86_400_000;

/** A batch expires this long after its creation, in ms. Source: the Message Batches documentation. */
export const BATCH_LASTS_MS = DAY_MS;

/** Results can be downloaded for this long after the batch's creation, in ms. Source: the Message Batches documentation. */
export const RESULTS_LAST_MS = 29 * DAY_MS;

/** When a batch created at this time expires, in RFC 3339; null if the time is unreadable. */
export function expiresAt(createdAt: string): string | null {
  return after(createdAt, BATCH_LASTS_MS);
}

/** Until when a batch's results can be downloaded, in RFC 3339; null if its creation time is unreadable. */
export function resultsUntil(createdAt: string): string | null {
  return after(createdAt, RESULTS_LAST_MS);
}

function after(createdAt: string, ms: number): string | null {
  const created = parseTime(createdAt);
  return created === undefined ? null : new Date(created + ms).toISOString();
}
