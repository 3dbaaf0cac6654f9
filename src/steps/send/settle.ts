import { isBegun } from '../../core/record/merge-records.ts';
import type { SavedRecord } from '../../core/record/record.ts';
import { formatDuration } from '../../core/text/numbers.ts';
import type { World } from '../../ports/ports.ts';
import type { Memory } from '../run/record-handle.ts';

/** How long two runs that start together take at most from reading the record to writing theirs, in ms. */
const SETTLE_MS = 1_000;
/**
 * How long the other run may be silent before it passes for dead, in ms, and on top of that for each byte, because an upload
 * takes its time. It writes its record before each create; looking for a broken one takes 90 s.
 */
const OTHER_RUN_MS = 3 * 60_000;
const MS_PER_BYTE = 1 / 250;
const LOOK_MS = 5_000;

/** Runs that start together claim the same name; a later one, another. */
const CLAIM_LASTS_MS = 10 * 60_000;

/**
 * Lets one of several runs go first that are about to send the same requests at the same moment, such as two legs of a matrix.
 * Each writes its record and reads again after a pause: who then sees the record of another, which was written later, yields
 * and waits for its batches, of so many `bytes`. Where the cache was too slow for that, a name that only one can claim decides.
 * What the other run has made is in `memory` afterwards.
 */
export async function settle(world: World, memory: Memory, round: number, bytes: number): Promise<void> {
  const claim = claimOf(memory, round, world.clock.now());
  await memory.save({}, false);
  await world.clock.sleep(SETTLE_MS);
  let other = await otherRecord(memory);
  if (other === undefined && (await world.state.claim(claim))) return;
  world.log.info(`${nameOf(other)} is sending the same requests at the same time: waiting for its batch.`);
  const silentMs = OTHER_RUN_MS + bytes * MS_PER_BYTE;
  let heardAt = world.clock.now();
  while (!isSent(other, round) && world.clock.now() < heardAt + silentMs && !world.stop.requested) {
    await world.clock.sleep(LOOK_MS);
    const newer = await otherRecord(memory);
    if (newer !== undefined && newer.savedAt !== other?.savedAt) heardAt = world.clock.now();
    other = newer ?? other;
  }
  if (!isSent(other, round) && !world.stop.requested)
    world.log.warning(
      `${nameOf(other)} has not made its batch and gave no sign of life for ${formatDuration(silentMs)}, so this run goes on by itself: if that one still makes its own, the requests are paid twice. A concurrency group in the workflow prevents that.`,
    );
  // With nothing begun by this run, the other's submission is the one; else both have joined the same one already.
  const begun = memory.record.rounds.some(isBegun);
  if (other !== undefined && !begun && other.generation !== memory.record.generation) memory.record = other;
  // The other run is to know that these batches are waited for here as well.
  await memory.save({}, false);
}

/** Runs that go on from the same record are about to send the same: its revision tells them from those before and after. */
function claimOf({ fingerprint, record }: Memory, round: number, nowMs: number): string {
  return `send-${fingerprint.slice(0, 32)}-${round}-${record.revision}-${Math.floor(nowMs / CLAIM_LASTS_MS)}`;
}

function nameOf(other: SavedRecord | undefined): string {
  return other === undefined ? 'Another run' : `Run ${other.run.id} (${other.run.name})`;
}

/** The newest record in storage, if another run wrote it and it is no older than ours. */
async function otherRecord(memory: Memory): Promise<SavedRecord | undefined> {
  const { revision } = memory.record;
  const [newest] = await memory.refresh();
  return newest === undefined || newest.revision < revision || newest.run.nonce === memory.self.nonce
    ? undefined
    : newest;
}

/** Whether every shard of the round has its batch. */
function isSent(record: SavedRecord | undefined, round: number): boolean {
  const shards = record?.rounds[round]?.shards ?? [];
  return shards.length > 0 && shards.every(({ batch }) => batch !== null);
}
