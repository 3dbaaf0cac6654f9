import type { Collected } from '../../core/endings/outcome.ts';
import { ApiError } from '../../ports/api.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Task } from '../run/job.ts';

/**
 * Deletes the batches at the API with their results, where that is wanted, once the artifact that holds the results was
 * verified. What could not be deleted is said in log and report; it never fails the step.
 */
export async function deleteBatches(
  { world, inputs, trail }: Task,
  outcome: Collected,
  artifact: StoredArtifact | undefined,
): Promise<void> {
  const { store } = trail;
  if (!inputs.deleteBatch || store?.record.phase === 'deleted') return;
  const trouble = await findTrouble(artifact, () => world.artifacts.verify(artifact as StoredArtifact));
  let all = true;
  for (const { id } of outcome.batches) {
    const said = trouble ?? (await remove(id));
    if (said === undefined) trail.notices.push({ kind: 'deleted', batch_id: id });
    else {
      all = false;
      trail.notices.push({ kind: 'not-deleted', batch_id: id, said });
      world.log.warning(`The batch ${id} was not deleted at the API: ${said}.`);
    }
  }
  if (all && store?.record.phase === 'collected' && store.holds(outcome.batches)) await store.markDeleted();

  async function remove(id: string): Promise<string | undefined> {
    try {
      await world.api.remove(id);
      world.log.info(`Deleted batch ${id} with its results.`);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.status === 404 ? undefined : error.message;
    }
  }
}

/** Why the results are not kept safely; undefined where they are. */
async function findTrouble(
  artifact: StoredArtifact | undefined,
  verify: () => Promise<boolean>,
): Promise<string | undefined> {
  if (artifact === undefined) return 'there is no artifact that holds its results';
  return (await verify()) ? undefined : `the artifact ${artifact.name} could not be verified`;
}
