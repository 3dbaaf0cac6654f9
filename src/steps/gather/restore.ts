import { join } from 'node:path';
import { failed } from '../../core/endings/ending.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import { readResults } from '../collect/read-results.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import type { SubmittingRun } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';
import { placeholderOf } from '../send/placeholder.ts';

/**
 * Takes the results from the artifact that an earlier run stored, because their batches are gone from the API. Counts
 * all lines for the first batch and prices them by its day. Never submits anything. `lostBatch` is the batch that the
 * API did not find, where the record does not say that all were deleted.
 */
export async function restoreResults(run: SubmittingRun, lostBatch?: string): Promise<StepResult<Downloads>> {
  const { ports, inputs, runState, store } = run;
  const { artifact, phase, rounds } = store.record;
  if (artifact === null) throw new TypeError('no artifact');
  const shards = rounds.flatMap((round) => round.shards).filter(({ batch }) => batch !== null);
  const batches = shards.map((shard) => ({ ...placeholderOf(shard), status: 'ended' }));
  for (const batch of batches) reportBatchCreated(run, batch, 'reused');
  const folder = join(inputs.resultsPath, '.restored');
  try {
    await ports.files.remove(folder);
    const stored = await ports.artifacts.fetch(artifact, folder);
    const path = join(inputs.resultsPath, '.results-restored.jsonl');
    const results = await readResults(ports, stored, path);
    ports.log.info({ code: 'results-restored', artifact: artifact.name, runId: artifact.runId });
    const lost = phase === 'deleted' || lostBatch === undefined ? batches.map(({ id }) => id) : [lostBatch];
    runState.notices.push({ kind: 'restored', batch_ids: lost, artifact: artifact.name, run_id: artifact.runId });
    return { ok: true, value: new Map([[batches[0]?.id ?? '', { path, ...results, isWhole: false }]]) };
  } catch (error) {
    ports.signal.throwIfAborted();
    const { name, runId } = artifact;
    const failure = { code: 'restore-failed', artifact: name, runId, reason: describeCauses(error) } as const;
    return { ok: false, outcome: failed(failure) };
  } finally {
    await ports.files.remove(folder);
  }
}
