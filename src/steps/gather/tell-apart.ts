import { ambiguousBatch } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Batch } from '../../ports/api.ts';
import { download } from '../collect/download.ts';
import { waitForEnd } from '../collect/wait.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import type { Job } from '../run/job.ts';
import { leave } from '../run/leave.ts';
import type { Memory, ShardPlace } from '../run/record-handle.ts';
import { createTrail, underway } from '../run/trail.ts';
import { learn } from '../send/submit.ts';
import { holdsOthers } from './prove.ts';

/**
 * Several batches may be the one that a broken create made: waits for their end and lets the ids and models of their results
 * tell. The one that is left belongs to the shard from then on, the others are left out; with none left the shard is free to
 * be sent again. They may all be somebody else's, so nothing is ever done to them. Returns how the run ends where nothing tells.
 */
export async function tellApart(
  job: Job,
  memory: Memory,
  place: ShardPlace,
  candidates: readonly Batch[],
  requests: RequestSet,
): Promise<Outcome | undefined> {
  const { world, inputs, trail } = job;
  const ids = candidates.map(({ id }) => id);
  const end = (ended: boolean): Outcome => ambiguousBatch(underway(trail, world.clock.now()), { ids, ended });
  world.log.info(
    `Several batches may be the one that a broken create had made: waiting for ${ids.join(', ')} to tell.`,
  );

  const aside = createTrail(world.clock.now(), trail.nonce);
  const waiting = await waitForEnd(world, aside, ids, inputs.pollIntervalMs, job.deadline);
  if (waiting.kind === 'stopped') return leave(job);
  if (waiting.kind !== 'ended') return end(false);
  const ours: Batch[] = [];
  for (const batch of aside.batches) {
    const results = await download(world, batch, inputs.resultsPath, '.candidate.jsonl');
    if (results.kind === 'undelivered') return world.stop.requested ? leave(job) : end(false);
    if (!holdsOthers(job, requests, results)) ours.push(batch);
    await world.files.remove(results.path);
  }
  const [batch, ...others] = ours;
  if (others.length > 0) return end(true);
  const shard = memory.record.rounds[place.round]?.shards[place.shard];
  const letGo = [...(shard?.letGo ?? []), ...ids.filter((id) => id !== batch?.id)];
  await memory.saveShard(place, { letGo }, false);
  if (batch !== undefined) {
    await learn(memory, place, batch, true);
    reportBatchCreated(job, batch, place.round, 'joined');
  }
  return undefined;
}
