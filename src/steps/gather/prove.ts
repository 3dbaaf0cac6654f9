import type { RequestSet } from '../../core/intake/request-set.ts';
import { isForeign } from '../../core/record/adopt.ts';
import type { Download } from '../collect/download.ts';
import { publishIds } from '../notify/announce.ts';
import type { Job } from '../run/job.ts';
import type { Memory } from '../run/record-handle.ts';
import { dropBatch } from '../run/trail.ts';
import { claimsOfOthers } from '../send/reconcile.ts';

/**
 * Holds the results of adopted batches against the requests, and against what records of other requests claim by now. One
 * that holds other requests is let go in record and trail: its intent stays, so that the right one is looked for before
 * anything is sent again. The others are proved from then on. Returns whether any was let go.
 */
export async function letForeignGo(
  job: Job,
  memory: Memory,
  requests: RequestSet,
  round: number,
  downloads: Map<string, Download>,
): Promise<boolean> {
  const { world, trail } = job;
  let any = false;
  for (const [shard, { batch, intent, rejected }] of (memory.record.rounds[round]?.shards ?? []).entries()) {
    if (batch === null || !batch.adopted) continue;
    const claims = await claimsOfOthers(world, Date.parse(intent?.at ?? batch.createdAt), memory.fingerprint);
    if (!claims.get(batch.id) && !holdsOthers(job, requests, downloads.get(batch.id))) {
      if (downloads.has(batch.id))
        await memory.saveShard({ round, shard }, { batch: { ...batch, adopted: false } }, false);
      continue;
    }
    world.log.warning(
      `The batch ${batch.id} was taken for the one that a broken create had made, but holds other requests: it is let go.`,
    );
    await memory.saveShard({ round, shard }, { batch: null, rejected: [...rejected, batch.id] }, false);
    dropBatch(trail, batch.id);
    const download = downloads.get(batch.id);
    if (download !== undefined) await world.files.remove(download.path);
    downloads.delete(batch.id);
    any = true;
  }
  if (any) publishIds(job);
  return any;
}

/** Whether the results are proof that a batch holds other requests than these. */
export function holdsOthers({ prices }: Job, requests: RequestSet, download: Download | undefined): boolean {
  if (download === undefined) return false;
  const evidence = { ids: download.lines.map(({ customId }) => customId), models: download.models };
  const models = new Set(requests.tally.models);
  return isForeign(evidence, { has: (id) => requests.ids.has(id), models }, prices);
}
