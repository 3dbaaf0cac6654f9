import type { Batch } from '../../ports/api.ts';
import type { PriceBook } from '../cost/book.ts';
import { sizeOf } from '../polling/size.ts';
import { latestTime, parseTime } from '../text/numbers.ts';
import type { Intent } from './record.ts';

/** When to look for a batch that a broken create may have made, in ms after the POST ended: the list may lag. */
export const LOOKS_MS: readonly number[] = [0, 2_000, 7_000, 17_000, 37_000, 77_000, 90_000];

/** How far before the intent a batch's creation time may lie if no earlier batch is known: clocks differ. In ms. */
const CLOCK_SKEW_MS = 10 * 60_000;

/** The batches of a list (newest first) that an intent's create may have made: newer than the noted batch, and of the same size. */
export function candidatesOf(
  batches: readonly Batch[],
  intent: Intent,
  { count, leftOut }: { readonly count: number; readonly leftOut: ReadonlySet<string> },
): readonly Batch[] {
  return newerThan(batches, intent).filter((batch) => sizeOf(batch) === count && !leftOut.has(batch.id));
}

/** The part of a list (newest first) that is newer than the intent's noted batch. */
export function newerThan(batches: readonly Batch[], { newest, at }: Intent): readonly Batch[] {
  // By the API's clock if possible: the runner's may be wrong by hours.
  const sinceMs = parseTime(newest?.createdAt ?? '') ?? Date.parse(at) - CLOCK_SKEW_MS;
  // A batch whose time is unreadable or only a date counts as newer.
  const isBefore = (createdAt: string): boolean => (latestTime(createdAt) ?? Number.NaN) < sinceMs;
  const end = batches.findIndex(({ id, createdAt }) => id === newest?.id || isBefore(createdAt));
  return end === -1 ? batches : batches.slice(0, end);
}

/** What a batch's results reveal about its owner. */
export interface Evidence {
  readonly ids: Iterable<string>;
  /** Models that answered. */
  readonly models: Iterable<string>;
}

/**
 * Whether results prove that an adopted batch holds other requests: they contain an id that was not requested, or a model that no request
 * names. The latter counts only if all requested models always answer under their own name.
 */
export function isForeign(
  evidence: Evidence,
  wanted: { readonly has: (id: string) => boolean; readonly models: ReadonlySet<string> },
  prices: PriceBook,
): boolean {
  for (const id of evidence.ids) if (!wanted.has(id)) return true;
  const asked = [...wanted.models];
  if (!asked.every((model) => prices.models.has(undated(model)))) return false;
  const names = new Set(asked.map(undated));
  for (const model of evidence.models) if (!names.has(undated(model))) return true;
  return false;
}

function undated(model: string): string {
  return model.replace(/-20\d{6}$/, '');
}
