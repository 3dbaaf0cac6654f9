import { ambiguousBatch, failed } from '../../core/endings/ending.ts';
import type { Failed } from '../../core/endings/outcome.ts';
import { isKeyUnknown } from '../../core/polling/error-class.ts';
import { candidatesOf, LOOKS_MS, newerThan } from '../../core/record/adopt.ts';
import { parseRecord } from '../../core/record/parse-record.ts';
import { batchesOf, type Intent, type RecordShard, type SavedRecord } from '../../core/record/record.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ShardPlace } from '../run/record-store.ts';
import type { SubmittingRun } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';

const PAGE = 100;
/** Most batches to look through: more than a workspace makes in the minutes in question. */
const MAX_PAGES = 20;

/**
 * Looks for the batch that a create without an answer may have made, and records it as adopted. `sinceMs`: when the
 * POST ended. Undefined if none exists, so that sending again pays for nothing twice. Ends the run if several match, or if
 * the API cannot be asked.
 */
export async function findLostBatch(
  { ports, store }: Pick<SubmittingRun, 'ports' | 'store'>,
  place: ShardPlace,
  sinceMs: number,
): Promise<StepResult<Batch | undefined, Failed>> {
  const shard = store.shard(place);
  if (shard?.intent == null) return { ok: true, value: undefined };
  const found = await search(ports, store.record, { intent: shard.intent, shard, sinceMs });
  const [first, ...others] = found.ok ? found.value : [];
  if (!found.ok || others.length > 0) {
    await store.keepIntent();
    return found.ok ? { ok: false, outcome: ambiguousBatch(found.value.map(({ id }) => id)) } : found;
  }
  if (first === undefined) return { ok: true, value: undefined };
  // Without a readable time, the batch could not be priced. The create began at the intent.
  const batch = parseTime(first.createdAt) === undefined ? { ...first, createdAt: shard.intent.at } : first;
  ports.log.info({ code: 'lost-batch-found', id: batch.id });
  await store.recordBatch(place, batch, 'adopted');
  return { ok: true, value: batch };
}

/**
 * The batches that the create of an intent may have made. Looks at the scheduled times after the POST ended, or once
 * for an intent older than the schedule. Ends with the first look that finds a match.
 */
async function search(
  ports: Ports,
  own: SavedRecord,
  { intent, shard, sinceMs }: { readonly intent: Intent; readonly shard: RecordShard; readonly sinceMs: number },
): Promise<StepResult<readonly Batch[], Failed>> {
  const leftOut = new Set([...shard.rejected, ...batchesOf(own).map(({ id }) => id)]);
  let reason: string | undefined;
  let ofSameRequests: readonly Batch[] = [];
  // A machine with a wrong clock may have noted an intent in the future.
  const endedMs = Math.min(sinceMs, ports.clock.now());
  const age = ports.clock.now() - endedMs;
  const looks = LOOKS_MS.filter((at, i) => at >= age || i === LOOKS_MS.length - 1);
  for (const at of looks) {
    await ports.clock.sleep(Math.max(0, endedMs + at - ports.clock.now()));
    try {
      const found = candidatesOf(await listNewer(ports, intent), intent, { count: shard.count, leftOut });
      reason = undefined;
      if (found.length === 0) continue;
      const sorted = await sortByClaims(ports, found, { intent, own });
      if (sorted.free.length > 0) return { ok: true, value: sorted.free };
      // Another submission of the same requests made these; the list may not show ours yet.
      ofSameRequests = sorted.ofSameRequests;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      reason = error.message;
      if (isKeyUnknown(error)) break;
    }
  }
  if (reason !== undefined) return { ok: false, outcome: failed({ code: 'lost-batch-unknown', reason }) };
  return { ok: true, value: ofSameRequests.slice(0, 1) };
}

/** All batches newer than the one noted in the intent, newest first. Throws ApiError if the list does not come to its end. */
async function listNewer(ports: Ports, intent: Intent): Promise<readonly Batch[]> {
  const all = new Map<string, Batch>();
  let afterId: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { batches, hasMore } = await ports.api.list({ limit: PAGE, ...(afterId === undefined ? {} : { afterId }) });
    const newer = newerThan(batches, intent);
    const known = all.size;
    for (const batch of newer) all.set(batch.id, batch);
    if (!hasMore || newer.length < batches.length) return [...all.values()];
    // The server sends the same page again.
    if (all.size === known) break;
    afterId = batches.at(-1)?.id;
  }
  // The batch may be in the rest: this does not prove that there is none.
  throw new ApiError({ code: 'batch-list-endless', count: all.size }, { reach: 'answered' });
}

/**
 * Drops batches that records of other requests claim: matrix jobs make batches of equal size at once. `ofSameRequests` are the
 * answers to creates of other submissions of the same requests: ours only if there is no other.
 */
async function sortByClaims(
  ports: Ports,
  candidates: readonly Batch[],
  { intent, own }: { readonly intent: Intent; readonly own: SavedRecord },
): Promise<{ readonly free: readonly Batch[]; readonly ofSameRequests: readonly Batch[] }> {
  // A batch can only be claimed after it was made, which may be before the intent's time: a clock may be ahead.
  const madeMs = candidates.flatMap(({ createdAt }) => parseTime(createdAt) ?? []);
  const records = await recordsSince(ports, Math.min(Date.parse(intent.at), ...madeMs));
  const claimed = claimsIn(records.filter(({ fingerprint }) => fingerprint !== own.fingerprint));
  const isOfSameRequests = ({ fingerprint, generation }: SavedRecord) =>
    fingerprint === own.fingerprint && generation !== own.generation;
  const answered = claimsIn(records.filter(isOfSameRequests));
  const free = candidates.filter(({ id }) => !claimed.has(id));
  return {
    free: free.filter(({ id }) => !answered.get(id)),
    ofSameRequests: free.filter(({ id }) => answered.get(id)),
  };
}

/** How much earlier, by GitHub's clock, a record may be stored that names a batch made after the intent. */
const CLOCK_SKEW_MS = 60_000;

/** The batches that records of other requests claim since then. True for those that a create itself returned. */
export async function claimsOfOthers(
  ports: Ports,
  sinceMs: number,
  fingerprint: string,
): Promise<ReadonlyMap<string, boolean>> {
  const records = await recordsSince(ports, sinceMs);
  return claimsIn(records.filter((record) => record.fingerprint !== fingerprint));
}

async function recordsSince(ports: Ports, sinceMs: number): Promise<readonly SavedRecord[]> {
  const texts = await ports.state.others(sinceMs - CLOCK_SKEW_MS);
  return texts.flatMap((text) => parseRecord(text) ?? []);
}

function claimsIn(records: readonly SavedRecord[]): Map<string, boolean> {
  const claims = new Map<string, boolean>();
  for (const record of records) {
    for (const { id, adopted } of batchesOf(record)) claims.set(id, (claims.get(id) ?? false) || !adopted);
  }
  return claims;
}
