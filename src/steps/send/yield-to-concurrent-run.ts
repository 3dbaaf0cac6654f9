import { isBegun } from '../../core/record/merge-records.ts';
import type { SavedRecord } from '../../core/record/record.ts';
import type { RecordStore } from '../run/record-store.ts';
import type { SubmittingRun } from '../run/run.ts';

/** Longest time from reading the record to writing it right after, for two runs that get there together, in ms. */
const SETTLE_MS = 1_000;
/**
 * How long the other run may be silent before it counts as dead, in ms, plus a share for each byte of its upload. It
 * writes its record before each create; looking for a lost batch takes 90 s.
 */
const OTHER_RUN_MS = 3 * 60_000;
const MS_PER_BYTE = 1 / 250;
const LOOK_MS = 5_000;

/** Runs that start together claim the same name; a later run claims another. */
const CLAIM_LASTS_MS = 10 * 60_000;

/**
 * Lets one of several runs go first that are about to send the same requests at the same moment, such as two matrix
 * jobs. Before it writes, it reads what another has begun since the record was read: checks may have taken minutes.
 * Otherwise each run writes its record and reads again after a pause: a run that then sees another's later record yields and
 * waits for its batches. If the cache was too slow for that, a name that only one run can claim decides.
 * Afterwards the record holds the other run's batches.
 */
export async function yieldToConcurrentRun({ ports, store, requests }: SubmittingRun, round: number): Promise<void> {
  let other = await begunMeanwhile(store, round);
  if (other === undefined) {
    const claim = claimOf(store, round, ports.clock.date());
    await store.heartbeat();
    await ports.clock.sleep(SETTLE_MS);
    other = await otherRecord(store);
    // A cache that takes no record takes no claim either: a name in use there may be a try of our own.
    if (other === undefined && (!store.isCached || (await ports.state.claim(claim)) || !canSeeOthers(ports, store)))
      return;
  }
  ports.log.info({ code: 'run-yielded', ...nameOf(other) });
  const silentMs = OTHER_RUN_MS + requests.lines.bytes * MS_PER_BYTE;
  let heardAt = ports.clock.now();
  while (!isSent(other, round) && ports.clock.now() < heardAt + silentMs) {
    await ports.clock.sleep(LOOK_MS);
    const newer = await otherRecord(store);
    if (newer !== undefined && newer.savedAt !== other?.savedAt) heardAt = ports.clock.now();
    other = newer ?? other;
  }
  if (!isSent(other, round)) ports.log.warning({ code: 'other-run-silent', ...nameOf(other), silentMs });
  // If this run has begun nothing, the other's submission counts; otherwise both have already joined the same one.
  const isBegunHere = store.record.rounds.some(isBegun);
  if (other !== undefined && !isBegunHere && other.generation !== store.record.generation) store.switchTo(other);
  // Records for the other run that this one waits for these batches too.
  await store.heartbeat();
}

/**
 * Identifies runs that are about to send the same: those that continue the same revision of a record or, if another text
 * hides the record, those that found the same text.
 */
function claimOf({ record, foreign }: RecordStore, round: number, nowMs: number): string {
  const { fingerprint, revision } = record;
  return `send-${fingerprint.slice(0, 32)}-${round}-${revision}${foreign}-${Math.floor(nowMs / CLAIM_LASTS_MS)}`;
}

/** If records cannot be read, the other run may have ended minutes ago, and waiting would not show it. */
function canSeeOthers({ log }: SubmittingRun['ports'], { seeing, readable }: RecordStore): boolean {
  if (!seeing && readable) log.warning({ code: 'records-not-read' });
  return seeing;
}

function nameOf(other: SavedRecord | undefined) {
  return { runId: other?.run.id, name: other?.run.name };
}

/** The newest stored record, if another run has begun this round in it since ours was read. */
async function begunMeanwhile(store: RecordStore, round: number): Promise<SavedRecord | undefined> {
  const { revision } = store.record;
  const other = await otherRecord(store);
  const begun = other?.rounds[round];
  const isNews = other !== undefined && other.revision > revision && PHASES_WITH_RESULTS.has(other.phase);
  return isNews && begun !== undefined && isBegun(begun) ? other : undefined;
}

/** If the other run ended in another way, the requests are submitted anew. */
const PHASES_WITH_RESULTS: ReadonlySet<SavedRecord['phase']> = new Set(['open', 'collected']);

/** The newest stored record, if another run wrote it and it is no older than ours. */
async function otherRecord(store: RecordStore): Promise<SavedRecord | undefined> {
  const { revision } = store.record;
  const [newest] = await store.refresh();
  const isOlder = newest === undefined || newest.revision < revision;
  return isOlder || newest.run.nonce === store.self.nonce ? undefined : newest;
}

/** Whether every shard of the round has its batch. */
function isSent(record: SavedRecord | undefined, round: number): boolean {
  const shards = record?.rounds[round]?.shards ?? [];
  return shards.length > 0 && shards.every(({ batch }) => batch !== null);
}
