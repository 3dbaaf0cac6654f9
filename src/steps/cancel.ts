import { ApiError } from '../errors.ts';
import type { Task } from './job.ts';
import { noteBatches } from './trail.ts';

/** Asks the API to stop every batch that is still running. Returns the ids of those that were asked, or are stopping already. */
export async function cancelAll({ world, trail }: Task): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  for (const { id, status } of trail.batches) {
    if (status === 'ended') continue;
    try {
      if (status !== 'canceling') noteBatches(trail, [await world.api.cancel(id)]);
      asked.add(id);
      world.log.info(`Asked the API to stop batch ${id}.`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      world.log.warning(`The batch ${id} could not be stopped: ${error.message}.`);
    }
  }
  return asked;
}
