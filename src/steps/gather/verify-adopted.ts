import { isForeign } from '../../core/record/adopt.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import type { Download } from '../collect/download.ts';
import { publishIds } from '../notify/batch-created.ts';
import type { SubmittingRun } from '../run/run.ts';
import { dropBatch } from '../run/run-state.ts';
import { claimsOfOthers } from '../send/find-lost-batch.ts';

/**
 * Compares the results of adopted batches with the requests, and with what records of other requests claim by now.
 * Rejects a batch that holds other requests, in the record and everywhere else, and confirms the others. Returns the
 * downloads without the rejected ones.
 */
export async function verifyAdopted(run: SubmittingRun, round: number, downloads: Downloads): Promise<Downloads> {
  const { ports, store, runState } = run;
  const kept = new Map(downloads);
  for (const [shard, { batch, intent }] of (store.record.rounds[round]?.shards ?? []).entries()) {
    const download = batch === null ? undefined : downloads.get(batch.id);
    if (batch === null || !batch.adopted || download === undefined) continue;
    const { fingerprint } = store.record;
    const claims = await claimsOfOthers(ports, Date.parse(intent?.at ?? store.record.savedAt), fingerprint);
    if (!claims.get(batch.id) && !holdsOthers(run, download)) {
      await store.confirmBatch({ round, shard });
      continue;
    }
    ports.log.warning({ code: 'batch-rejected', id: batch.id });
    await store.rejectBatch({ round, shard });
    dropBatch(runState, batch.id);
    await ports.files.remove(download.path);
    kept.delete(batch.id);
  }
  if (kept.size < downloads.size) publishIds(run);
  return kept;
}

/** Whether the results show that a batch holds other requests. */
function holdsOthers({ prices, requests }: SubmittingRun, download: Download): boolean {
  const evidence = { ids: download.lines.unknownIds, models: download.lines.models };
  const models = new Set(requests.stats.models);
  return isForeign(evidence, { has: (id) => requests.ids.has(id), models }, prices);
}
