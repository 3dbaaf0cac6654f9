import type { LeftBecause } from '../../core/messages/waking.ts';
import { workspaceElsewhere } from '../../core/record/whereabouts.ts';
import { refuseBatch } from '../../core/wake/decide.ts';
import type { PauseNote } from '../../core/wake/pause-note.ts';
import { ApiError } from '../../ports/api.ts';
import type { Waker } from './waker.ts';

/** Failures in a row, from the first look on, after which the API counts as out of reach. */
const MAX_FAILURES = 5;

/** Asks the API for batches, each once a round. */
export interface BatchChecker {
  /** Why a batch of the note keeps its job from being woken; undefined if all have ended. Throws ApiError if the API refuses the key or is out of reach. */
  refuse(note: PauseNote): Promise<LeftBecause | undefined>;
  /** The last failure, if no batch could be read at all. */
  outage(): ApiError | undefined;
}

export function createBatchChecker({ ports: { api, clock, log } }: Waker): BatchChecker {
  const checked = new Map<string, Promise<LeftBecause | undefined>>();
  let failure: ApiError | undefined;
  let failures = 0;
  let hasAnswered = false;

  async function check(id: string, workspace: string | undefined): Promise<LeftBecause | undefined> {
    try {
      const { batch } = await api.retrieve(id);
      hasAnswered = true;
      return refuseBatch(batch, clock.date());
    } catch (error) {
      if (!(error instanceof ApiError) || error.status === 401 || error.status === 403) throw error;
      hasAnswered ||= error.status === 404;
      failure = error;
      failures += 1;
      if (!hasAnswered && failures >= MAX_FAILURES) throw error;
      if (error.status !== 404) return 'api-failed';
      const { workspaceId: answeredBy = '' } = error;
      const belongsTo = workspaceElsewhere(workspace, error);
      if (belongsTo === undefined) return 'batch-gone';
      log.info({ code: 'paused-elsewhere', id, belongsTo, answeredBy });
      return 'other-workspace';
    }
  }

  return {
    async refuse({ batch_ids, judge_batch_ids = [], workspace_id }) {
      // The last batch usually ends last, so one look is mostly enough.
      for (const id of [...batch_ids, ...judge_batch_ids].toReversed()) {
        const asked = checked.get(id) ?? check(id, workspace_id);
        checked.set(id, asked);
        const why = await asked;
        if (why !== undefined) return why;
      }
      return undefined;
    },
    outage: () => (hasAnswered ? undefined : failure),
  };
}
