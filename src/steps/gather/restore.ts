import { join } from 'node:path';
import { failed } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import type { RecordArtifact, SavedRecord } from '../../core/record/record.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Batch } from '../../ports/api.ts';
import { readResults } from '../collect/download.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import type { Job } from '../run/job.ts';
import { placeholderOf } from '../send/round.ts';
import type { Gathered } from './gathered.ts';

/**
 * Takes the results from the artifact that an earlier run stored, because their batches are gone from the API. All lines
 * count for the first batch, whose day is that of their prices. Submits nothing, whatever happens. `lostBatch` is the one
 * that the API was found not to have, where the record does not say that all were deleted.
 */
export async function restore(
  job: Job,
  record: SavedRecord,
  artifact: RecordArtifact,
  lostBatch?: string,
): Promise<Gathered | Outcome> {
  const { world, inputs, trail } = job;
  const folder = join(inputs.resultsPath, '.restored');
  const batches = record.rounds.flatMap(({ shards }, round) =>
    shards.flatMap((shard) => (shard.batch === null ? [] : { round, batch: endedOf(placeholderOf(shard)) })),
  );
  for (const { round, batch } of batches) reportBatchCreated(job, batch, round, 'reused');
  const [first] = batches;
  try {
    await world.artifacts.fetch(artifact, folder);
    const path = join(inputs.resultsPath, '.results-restored.jsonl');
    const results = await readResults(world, world.files.read(join(folder, 'results.jsonl')), path);
    world.log.info(`Took the results from the artifact ${artifact.name} of run ${artifact.runId}.`);
    const gone = batches.map(({ batch }) => batch.id);
    const lost = record.phase === 'deleted' || lostBatch === undefined ? gone : [lostBatch];
    trail.notices.push({ kind: 'restored', batch_ids: lost, artifact: artifact.name, run_id: artifact.runId });
    return {
      kind: 'gathered',
      downloads: new Map([[first?.batch.id ?? '', { kind: 'downloaded', path, ...results }]]),
    };
  } catch (error) {
    const { name, runId } = artifact;
    return failed({ code: 'restore-failed', artifact: name, runId, reason: describeCauses(error) });
  } finally {
    await world.files.remove(folder);
  }
}

function endedOf(batch: Batch): Batch {
  return { ...batch, status: 'ended' };
}
