import { ApiError, type Batch } from '../../ports/api.ts';
import type { Run } from '../run/run.ts';

/** The state of a batch now, or the known one if the API does not answer. */
export async function lookOnce({ ports }: Pick<Run, 'ports'>, batch: Batch): Promise<Batch> {
  try {
    return (await ports.api.retrieve(batch.id)).batch;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return batch;
  }
}
