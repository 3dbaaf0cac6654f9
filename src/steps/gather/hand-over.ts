import { handedOver, sentInPart } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import type { Decision } from '../../core/record/decide.ts';
import { lookOnce } from '../collect/look-once.ts';
import { commentWaiting } from '../notify/batch-created.ts';
import { dropPlanned, type PlannedReuse } from '../reuse/plan-reuse.ts';
import { takePart } from '../run/record-store.ts';
import type { SubmittingRun } from '../run/run.ts';
import { noteBatches, underway } from '../run/run-state.ts';
import { sendRound } from '../send/round.ts';
import { begin } from './gather.ts';
import { firstRound } from './rounds.ts';
import { leavePointer } from './supersede.ts';

/**
 * Submits what has no batch yet, and leaves waiting, collecting and judging to a later job, which finds the record. That
 * job reports what ended, what is missing and what must be sent again.
 */
export async function handOver(run: SubmittingRun, decision: Decision, planned: PlannedReuse): Promise<Outcome> {
  const { ports, store, runState } = run;
  await dropPlanned(run, planned);
  const begun = await begin(run, decision, planned);
  if (!begun.ok) return begun.outcome;
  // The later job takes what an earlier attempt stored, if it is still there.
  const isStored = decision.kind === 'collect' && planned.lost > 0 && store.record.artifact !== null;
  if (isStored) runState.estimate = undefined;
  if (decision.kind === 'restore' || isStored) return handedOver(underway(runState, ports.clock.now()));
  // This run takes part then, so the later job collects what another run may finish meanwhile. For an attempt that continues its
  // own run, the later job is still the first to collect, with fresh rounds for failures.
  const isOfOther = decision.runId !== undefined && (decision.kind === 'attach' || decision.kind === 'reconcile');
  if (isOfOther && store.hidden === undefined) await takePart(store);
  const round = await firstRound(run, decision, { planned, reason: begun.value });
  if (round.selection.length > 0) {
    const sent = await sendRound(run, round);
    if (!sent.ok) return sentInPart(underway(runState, ports.clock.now()), sent.outcome);
    await Promise.all([commentWaiting(run), leavePointer(run)]);
    if (runState.source !== 'submitted')
      for (const batch of runState.batches) noteBatches(runState, [await lookOnce(run, batch)]);
  }
  return handedOver(underway(runState, ports.clock.now()));
}
