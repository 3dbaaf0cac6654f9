import type { ApiError } from '../../ports/api.ts';
import { batchesOf, type RecordBatch, type SavedRecord } from './record.ts';

/** Workspaces of a batch that the API cannot find: where it is, and where the API looked. */
export interface Whereabouts {
  /** The workspace that the API reported when it named the batch; undefined if no record has it. */
  readonly belongsTo: string | undefined;
  /** The workspace that the API reports now; undefined if it reports none. */
  readonly answeredBy: string | undefined;
}

/** Where the API looked in vain for a batch, and where it is according to the record. */
export function whereaboutsOf(
  id: string,
  record: Pick<SavedRecord, 'rounds'> | undefined,
  { workspaceId: answeredBy }: Pick<ApiError, 'workspaceId'>,
): Whereabouts {
  const batch = record && batchesOf(record).find((one) => one.id === id);
  return { belongsTo: batch?.workspaceId, answeredBy };
}

/** The workspace that has a batch, if the API was asked in another one and so does not know it; else undefined. */
export function workspaceElsewhere(
  belongsTo: string | undefined,
  { status, workspaceId }: Pick<ApiError, 'status' | 'workspaceId'>,
): string | undefined {
  const isElsewhere = status === 404 && workspaceId !== undefined && belongsTo !== workspaceId;
  return isElsewhere ? belongsTo : undefined;
}

/** Adds the workspace that the API reported to a batch, unless it has one already. */
export function inWorkspace(batch: RecordBatch, workspaceId: string | undefined): RecordBatch {
  return workspaceId === undefined || batch.workspaceId !== undefined ? batch : { ...batch, workspaceId };
}
