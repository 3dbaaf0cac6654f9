import { failed } from '../../core/endings/ending.ts';
import type { Message } from '../../core/messages/message.ts';
import type { Decision } from '../../core/record/decide.ts';
import { collectBatches, type Downloads } from '../collect/collect-batches.ts';
import { commentWaiting, reportGivenBatches } from '../notify/batch-created.ts';
import { fillGiven } from '../reuse/fill-given.ts';
import type { PlannedReuse } from '../reuse/plan-reuse.ts';
import type { CollectingRun, SubmittingRun } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';
import { restoreResults } from './restore.ts';
import { gatherRounds } from './rounds.ts';
import { supersede } from './supersede.ts';

/** Waits for the batches of the input `batch-id`. Nothing is submitted. */
export async function gatherGiven(run: CollectingRun): Promise<StepResult<Downloads>> {
  reportGivenBatches(run);
  await commentWaiting(run);
  return collectBatches(run, run.inputs.batchIds);
}

/**
 * Gets the results of requests from any source: the batches of an earlier run, an artifact, or new batches. Ends the
 * run where they are not available now.
 */
export async function gather(
  run: SubmittingRun,
  decision: Decision,
  planned: PlannedReuse,
): Promise<StepResult<Downloads>> {
  const { kind, because } = decision;
  if (kind === 'given' || because === 'given') {
    const given = await gatherGiven(run);
    return given.ok ? fillGiven(run, given.value) : given;
  }
  const begun = await begin(run, decision, planned);
  if (!begun.ok) return begun;
  if (kind === 'restore') return restoreResults(run);
  const gathered = await gatherRounds(run, decision, { planned, reason: begun.value });
  return (await restoreDeleted(run, gathered)) ?? gathered;
}

/**
 * Logs what was decided, and supersedes the batches of an earlier push. Returns what to log later, once it is
 * certain. Ends the run if nothing may be sent and there is nothing to collect.
 */
export async function begin(
  run: SubmittingRun,
  { kind, because, runId }: Decision,
  planned: PlannedReuse,
): Promise<StepResult<Message | undefined>> {
  if (because === 'given' || kind === 'given') return { ok: true, value: undefined };
  const decided = { code: 'decision-made', action: kind, because, runId } as const;
  // A record of other requests may name a batch of some of these: look for it before saying that there is none.
  const isSaidLater = because === 'no-record' || (kind === 'submit' && planned.split !== undefined);
  if (!isSaidLater) run.ports.log.info(decided);
  if (kind === 'refuse') {
    const failure =
      because === 'other-version' || because === 'unreadable'
        ? ({ code: 'record-unreadable', why: because } as const)
        : ({ code: 'results-deleted', runId: runId ?? run.context.runId } as const);
    return { ok: false, outcome: failed(failure) };
  }
  // Judgements are superseded with their answers.
  if (kind !== 'restore' && run.runState.answers === undefined) await supersede(run);
  return { ok: true, value: isSaidLater ? decided : undefined };
}

/** If another run or a person deleted collected batches meanwhile, the artifact has the results. */
async function restoreDeleted(
  run: SubmittingRun,
  gathered: StepResult<Downloads>,
): Promise<StepResult<Downloads> | undefined> {
  if (gathered.ok) return undefined;
  const { outcome } = gathered;
  const lostBatch = outcome.status === 'failed' ? outcome.lostBatch : undefined;
  const isLost = lostBatch !== undefined;
  if (!isLost && outcome.status !== 'pending') return undefined;
  await run.store.refresh();
  const { phase, artifact } = run.store.record;
  if (artifact === null || !(isLost || phase === 'deleted')) return undefined;
  return restoreResults(run, { lostBatch });
}
