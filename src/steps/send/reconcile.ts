import { candidatesOf, LOOKS_MS, newerThan } from '../../core/record/adopt.ts';
import { parseRecord } from '../../core/record/parse-record.ts';
import { batchesOf, type Intent, type RecordShard, type SavedRecord } from '../../core/record/record.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { World } from '../../ports/ports.ts';

/** What looking for the batch of a broken create came to. */
export type Found =
  | { readonly kind: 'one'; readonly batch: Batch }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly batches: readonly Batch[] }
  /** The API does not let itself be asked now. */
  | { readonly kind: 'blind'; readonly said: string };

const PAGE = 100;
/** Batches looked through at most: more than a workspace makes in the minutes in question. */
const MAX_PAGES = 20;

/**
 * Looks for the batch that the create of an intent may have made, at the times of the schedule, counted from `sinceMs`,
 * when the POST ended; an intent older than the schedule gets one look. One match ends the looking at once.
 */
export async function reconcile(
  world: World,
  shard: Pick<RecordShard, 'count' | 'rejected'>,
  intent: Intent,
  sinceMs: number,
  own: SavedRecord,
): Promise<Found> {
  const leftOut = new Set([...shard.rejected, ...batchesOf(own).map(({ id }) => id)]);
  let said: string | undefined;
  let twin: Batch | undefined;
  const age = world.clock.now() - sinceMs;
  const looks = LOOKS_MS.filter((at, i) => at >= age || i === LOOKS_MS.length - 1);
  for (const at of looks) {
    await world.clock.sleep(Math.max(0, sinceMs + at - world.clock.now()));
    try {
      const found = candidatesOf(await listNewer(world, intent), intent, shard.count, leftOut);
      said = undefined;
      if (found.length === 0) continue;
      const { free, twins } = await sortByClaims(world, found, intent, own);
      const [one, ...others] = free;
      // Another submission of the same requests made this one; ours may not be in the list yet.
      [twin] = twins;
      if (one !== undefined && others.length > 0) return { kind: 'several', batches: [one, ...others] };
      if (one !== undefined) return { kind: 'one', batch: one };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      said = error.message;
    }
  }
  if (said === undefined && twin !== undefined) return { kind: 'one', batch: twin };
  return said === undefined ? { kind: 'none' } : { kind: 'blind', said };
}

/** All batches newer than the one noted in the intent, newest first. */
async function listNewer(world: World, intent: Intent): Promise<readonly Batch[]> {
  const all: Batch[] = [];
  let afterId: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { batches, hasMore } = await world.api.list({ limit: PAGE, ...(afterId === undefined ? {} : { afterId }) });
    const newer = newerThan(batches, intent);
    all.push(...newer);
    afterId = batches.at(-1)?.id;
    if (!hasMore || newer.length < batches.length || afterId === undefined) break;
  }
  return all;
}

/**
 * Leaves out what records of other requests name as theirs: legs of a matrix make batches of equal size at once. Those that
 * another submission of the same requests was told are twins: ours only where there is no other.
 */
async function sortByClaims(
  world: World,
  candidates: readonly Batch[],
  intent: Intent,
  own: SavedRecord,
): Promise<{ readonly free: readonly Batch[]; readonly twins: readonly Batch[] }> {
  const records = await recordsSince(world, Date.parse(intent.at));
  const claimed = claimsIn(records.filter(({ fingerprint }) => fingerprint !== own.fingerprint));
  const isTwin = ({ fingerprint, generation }: SavedRecord) =>
    fingerprint === own.fingerprint && generation !== own.generation;
  const told = claimsIn(records.filter(isTwin));
  const free = candidates.filter(({ id }) => !claimed.has(id));
  return { free: free.filter(({ id }) => !told.get(id)), twins: free.filter(({ id }) => told.get(id)) };
}

/** How much earlier than the intent a record may have been stored, by GitHub's clock, that tells of a batch made after it. */
const CLOCK_SKEW_MS = 60_000;

/** The batches that records of other requests name as theirs since then. True for those that a create itself had told. */
export async function claimsOfOthers(
  world: World,
  sinceMs: number,
  fingerprint: string,
): Promise<ReadonlyMap<string, boolean>> {
  const records = await recordsSince(world, sinceMs);
  return claimsIn(records.filter((record) => record.fingerprint !== fingerprint));
}

async function recordsSince(world: World, sinceMs: number): Promise<readonly SavedRecord[]> {
  const texts = await world.state.others(sinceMs - CLOCK_SKEW_MS);
  return texts.flatMap((text) => parseRecord(text) ?? []);
}

function claimsIn(records: readonly SavedRecord[]): Map<string, boolean> {
  const claims = new Map<string, boolean>();
  for (const record of records) {
    for (const { id, adopted } of batchesOf(record)) claims.set(id, (claims.get(id) ?? false) || !adopted);
  }
  return claims;
}
