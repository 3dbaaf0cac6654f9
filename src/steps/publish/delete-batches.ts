import type { SummaryNotice } from '../../core/summary/summary.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Run } from '../run/run.ts';

/** Batches of answers or of judgements, and which of them have all their results stored. */
export interface HeldBatches {
  readonly batches: readonly Batch[];
  readonly holds: ReadonlySet<string> | undefined;
  /** Whether a later run continues with them, so that they have to stay. */
  readonly isUnfinished: boolean;
}

/**
 * If the input says so, deletes the batches and their results at the API after verifying the artifact that holds the
 * results. A batch with missing, foreign or unreadable results is kept: it may not be ours, and its results are stored
 * nowhere else. So is one that a later run continues with. Returns the outcome of each; a failed deletion never fails the step. Never throws.
 */
export async function deleteBatches(
  run: Run,
  collected: HeldBatches,
  artifact: StoredArtifact | undefined,
): Promise<readonly SummaryNotice[]> {
  const { ports, inputs, runState } = run;
  const { store } = runState;
  if (!inputs.deleteBatch || store?.record.phase === 'deleted' || collected.batches.length === 0) return [];
  const notices: SummaryNotice[] = [];
  try {
    const unsafe = collected.isUnfinished ? UNFINISHED : await findRisk(ports, artifact);
    const gone = new Set(runState.notices.flatMap((one) => (one.kind === 'restored' ? one.batch_ids : [])));
    for (const { id } of collected.batches) {
      if (gone.has(id)) continue;
      const isHeld = collected.holds?.has(id) ?? false;
      const refusal = unsafe ?? (isHeld ? await remove(run, id) : ({ why: 'results-differ', reason: '' } as const));
      const notice: SummaryNotice =
        refusal === undefined ? { kind: 'deleted', batch_id: id } : { kind: 'not-deleted', batch_id: id, ...refusal };
      notices.push(notice);
      if (refusal !== undefined) ports.log.warning({ code: 'batch-notice', notice });
    }
    const isDone = notices.every(({ kind }) => kind === 'deleted');
    if (isDone && store?.record.phase === 'collected' && store.holds(collected.batches)) await store.markDeleted();
  } catch (error) {
    ports.log.warning({ code: 'deletion-failed', reason: describeCauses(error) });
  }
  return notices;
}

type Refusal = Pick<Extract<SummaryNotice, { kind: 'not-deleted' }>, 'why' | 'reason'>;

const UNFINISHED: Refusal = { why: 'judgements-missing', reason: '' };

async function remove({ ports }: Run, id: string): Promise<Refusal | undefined> {
  try {
    await ports.api.remove(id);
    ports.log.info({ code: 'batch-deleted', id });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Only the API's own word counts: a gateway without this route answers 404 too.
    return error.status === 404 && error.type === 'not_found_error'
      ? undefined
      : { why: 'api-refused', reason: error.message };
  }
}

/** Why the results are not kept safely; undefined if they are. */
async function findRisk(
  { artifacts }: Run['ports'],
  artifact: StoredArtifact | undefined,
): Promise<Refusal | undefined> {
  if (artifact === undefined) return { why: 'no-artifact', reason: '' };
  return (await artifacts.verify(artifact)) ? undefined : { why: 'artifact-not-verified', reason: artifact.name };
}
