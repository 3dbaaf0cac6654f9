import { reuseGone, sentInPart } from '../../core/endings/ending.ts';
import { failuresOf } from '../../core/endings/outcome.ts';
import type { Message } from '../../core/messages/message.ts';
import type { Decision } from '../../core/record/decide.ts';
import { batchesOf } from '../../core/record/record.ts';
import { type NextRound, roundLimit, selectAgain } from '../../core/record/rounds.ts';
import { selectResults } from '../../core/results/select-results.ts';
import { positionsToSend, printSplit } from '../../core/reuse/split.ts';
import { collectBatches, type Downloads } from '../collect/collect-batches.ts';
import { commentWaiting } from '../notify/batch-created.ts';
import { admitLost } from '../reuse/admit-lost.ts';
import { isAbsent } from '../reuse/earlier-batch.ts';
import type { PlannedReuse } from '../reuse/plan-reuse.ts';
import { takeReused } from '../reuse/take-reused.ts';
import { type RecordStore, takePart } from '../run/record-store.ts';
import type { SubmittingRun } from '../run/run.ts';
import { underway } from '../run/run-state.ts';
import type { StepResult } from '../run/step-result.ts';
import { type Round, sendRound } from '../send/round.ts';
import { restoreResults } from './restore.ts';
import { leavePointer } from './supersede.ts';
import { verifyAdopted } from './verify-adopted.ts';

/**
 * Goes round by round: submits requests without a batch, waits, downloads, and begins a further round with retryable
 * failures, up to the limit and while there is time. Always resends what this action itself left undone. `reason`: why it
 * submits, if that was not logged yet.
 */
export async function gatherRounds(
  run: SubmittingRun,
  decision: Decision,
  { planned, reason }: { readonly planned: PlannedReuse; readonly reason: Message | undefined },
): Promise<StepResult<Downloads>> {
  const { ports, inputs, runState, store, requests } = run;
  const limit = roundLimit(store.record, decision, inputs.retryRounds);
  const stoppedBefore = stoppedOf(store);
  // Anyone who re-runs a job after its failures were reported has presumably fixed their cause.
  const askedFor = decision.kind === 'collect' && decision.freshRounds ? store.record.rounds.length : undefined;
  const restored = planned.lost > 0 ? await restoreStored(run, decision) : await restoreGone(run, decision);
  if (restored !== undefined) return restored;
  // Other runs that continue the same batches must know about this run. But a save would hide a record that cannot be read.
  if (decision.kind !== 'submit' && store.hidden === undefined) await takePart(store);
  let downloads: Downloads = new Map();
  /** Requests whose earlier answer is gone, until they are sent. */
  let lost: readonly number[] = [];
  let round = await firstRound(run, decision, { planned, reason });
  for (;;) {
    if (round.selection.length > 0) {
      const sent = await sendRound(run, round);
      if (!sent.ok) {
        if (!store.dropRound(round.number))
          return { ok: false, outcome: sentInPart(underway(runState, ports.clock.now()), sent.outcome) };
        ports.log.warning({ code: 'round-dropped', failures: failuresOf(sent.outcome) });
        return { ok: true, value: downloads };
      }
      await Promise.all([commentWaiting(run), leavePointer(run)]);
      const collected = await collectBatches(run, sent.value, downloads);
      if (!collected.ok) return collected;
      downloads = await verifyAdopted(run, round.number, collected.value);
      // A rejected batch leaves its shard without one.
      if (downloads.size < collected.value.size) continue;
    }
    if (round.number === 0) {
      const taken = await takeReused(run, planned);
      if (!taken.ok) return taken;
      downloads = new Map([...taken.value.downloads, ...downloads]);
      lost = taken.value.lost;
      const instead = lost.length === 0 ? undefined : await endsInstead(run, decision, lost);
      if (instead !== undefined) return instead;
    } else if (countOf(store, round.number) === round.selection.length) lost = [];

    // Another run may have stopped a canceled batch meanwhile: its record says so.
    if (hasCanceled(downloads)) await store.refresh();
    const next = round.number + 1;
    const isRoundLeft = next < limit && run.deadline(runState.batches) > ports.clock.now();
    const stopped = runState.timedOut ? new Map<string, string>() : stoppedOf(store);
    // A newer push wants other requests than those it just stopped; a later run with these requests continues.
    const leftUndone = [...stopped].filter(([id, why]) => why === 'left' || stoppedBefore.has(id)).map(([id]) => id);
    const ended = Array.from(downloads, ([id, { lines }]) => ({ lines, stopped: leftUndone.includes(id) }));
    const choice = selectResults(
      ended.map(({ lines }) => lines),
      requests.ids,
    );
    const isCertain = store.record.rounds.length > next || (isRoundLeft && next === askedFor);
    const nextRound: NextRound = isCertain ? 'certain' : isRoundLeft ? 'if-passing' : 'none';
    const again = selectAgain(choice, ended, nextRound);
    lost = lost.filter((position) => choice.lineOf(position) === undefined);
    const selection = [...new Set([...lost, ...again])].sort((a, b) => a - b);
    if (selection.length === 0) return { ok: true, value: downloads };
    round = { ...round, number: next, selection, reason: undefined };
    ports.log.info({ code: 'round-started', count: selection.length, round: next });
  }
}

/** The round of all requests but those that take an earlier answer. */
export async function firstRound(
  { store, requests }: SubmittingRun,
  { kind }: Decision,
  { planned, reason }: { readonly planned: PlannedReuse; readonly reason: Message | undefined },
): Promise<Round> {
  const reuse = planned.split === undefined ? null : printSplit(planned.split);
  if (store.record.rounds.length === 0 && reuse !== null) await store.pinReuse(reuse);
  const selection = positionsToSend(requests.places.length, planned.split);
  return { number: 0, selection, joining: kind === 'collect' ? 'reused' : 'joined', reason, reuse };
}

/**
 * Takes what an earlier run stored if a batch that it collected is gone, instead of waiting for that batch as for a new one. A mistake
 * costs nothing, because the results are the same. Undefined if all batches exist, or if the stored results cannot be read.
 */
async function restoreGone(run: SubmittingRun, { kind }: Decision): Promise<StepResult<Downloads> | undefined> {
  const { ports, store } = run;
  if (kind !== 'collect' || store.record.artifact === null) return undefined;
  for (const { id } of batchesOf(store.record)) {
    if (!(await isAbsent(ports, id))) continue;
    const restored = await restoreResults(run, { lostBatch: id });
    return restored.ok ? restored : undefined;
  }
  return undefined;
}

/** What an earlier run stored, if it collected everything: nothing of it is paid for again. Undefined if it cannot be read. */
async function restoreStored(run: SubmittingRun, { kind }: Decision): Promise<StepResult<Downloads> | undefined> {
  if (kind !== 'collect' || run.store.record.artifact === null) return undefined;
  const { lostAnswers } = run.runState;
  const restored = await restoreResults(run, { lostSources: [...lostAnswers.keys()] });
  if (!restored.ok) return undefined;
  // Nothing is sent, so the estimate no longer applies.
  lostAnswers.clear();
  run.runState.estimate = undefined;
  return restored;
}

/** How the run ends if earlier answers are gone that the first round relied on, unless their requests are sent now. */
async function endsInstead(
  run: SubmittingRun,
  decision: Decision,
  lost: readonly number[],
): Promise<StepResult<Downloads> | undefined> {
  const { ports, runState, store } = run;
  const restored = await restoreStored(run, decision);
  // A later round may hold them already.
  if (restored !== undefined || store.record.rounds.length > 1) return restored;
  const refusal = admitLost(run, lost);
  return refusal && { ok: false, outcome: reuseGone(underway(runState, ports.clock.now()), lost.length, refusal) };
}

/** How many requests a round of the record holds. */
function countOf({ record }: RecordStore, round: number): number {
  return record.rounds[round]?.shards.reduce((sum, { count }) => sum + count, 0) ?? 0;
}

function hasCanceled(downloads: Downloads): boolean {
  for (const { lines } of downloads.values())
    for (let line = 0; line < lines.count; line += 1) if (lines.kind(line) === 'canceled') return true;
  return false;
}

/** The batches that this action stopped, with the reason. */
function stoppedOf({ record }: RecordStore): ReadonlyMap<string, string> {
  return new Map(batchesOf(record).flatMap(({ id, stopped }) => (stopped === null ? [] : [[id, stopped]])));
}
