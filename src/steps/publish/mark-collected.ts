import type { Collected } from '../../core/endings/outcome.ts';
import { findDuplicateSubmissions } from '../../core/record/duplicate-submissions.ts';
import { batchesOf, type SavedRecord } from '../../core/record/record.ts';
import { knownNewCost } from '../../core/results/accounts.ts';
import type { SummaryNotice } from '../../core/summary/summary.ts';
import { type Femto, larger, roundToMicro } from '../../core/text/money.ts';
import { parseTime } from '../../core/text/numbers.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { RecordStore } from '../run/record-store.ts';
import type { Run } from '../run/run.ts';
import { slept } from '../run/slept.ts';
import { claimsOfOthers } from '../send/find-lost-batch.ts';
import { noteReported, reportedElsewhere } from '../send/shared-shard.ts';

/** What the last read of the record showed. */
export interface Marked {
  /** The part of the cost that no earlier run has reported; undefined if unknown. */
  readonly newCost: Femto | undefined;
  /** Where another run paid for the same requests. */
  readonly notices: readonly SummaryNotice[];
}

/** What is collected: answers, or judgements. */
export interface CollectedPart extends Pick<Collected, 'accounts' | 'status'> {
  /** Whether something that belongs to these results is still to be collected. */
  readonly isOpen: boolean;
}

/** Records that the results are stored, so that their cost is reported once and no run waits for them again. */
export async function markCollected(
  run: Run,
  outcome: CollectedPart,
  artifact: StoredArtifact | undefined,
): Promise<Marked> {
  const { runState, context } = run;
  const { store } = runState;
  if (store === undefined) return { newCost: undefined, notices: [] };
  const records = await store.refresh();
  // Results collected once more were compared when they were first collected.
  const notices = runState.source === 'reused' ? [] : warnOfDuplicates(run, store, records);
  if (!store.holds(runState.batches) && !(await adoptGiven(run, store, records)))
    return { newCost: undefined, notices };
  const isShared = records.some((one) => one.generation === store.record.generation && isOther(one, store));
  const cost = knownNewCost(outcome.accounts);
  const elsewhere = await reportedElsewhere(run, store, outcome.accounts.batchCosts);
  const newCost = cost === undefined ? 0n : await claimNewCost(run.ports, store, { cost, isShared, elsewhere });
  const stored = artifact && { runId: context.runId, id: artifact.id, name: artifact.name, digest: artifact.digest };
  const change = {
    phase: phaseAfter(store, outcome, runState.timedOut),
    reportedUsd: reportedOf(store, elsewhere) + newCost,
    artifact: stored ?? store.record.artifact,
  };
  await store.markCollected(change);
  await noteReported(run, store);
  return { newCost: cost === undefined || !store.readable ? undefined : newCost, notices };
}

/** A batch that this action stopped is not finished: a later run with these requests sends the unanswered ones. */
function phaseAfter(
  { record }: RecordStore,
  { status, isOpen }: CollectedPart,
  isTimedOut: boolean,
): SavedRecord['phase'] {
  if (record.phase === 'deleted') return 'deleted';
  if (status !== 'canceled') return isOpen ? 'open' : 'collected';
  return !isTimedOut && batchesOf(record).some(({ stopped }) => stopped !== null) ? 'open' : 'canceled';
}

/** How long another run has to record its reported sum once it has claimed to, in ms. */
const REPORT_MS = 10_000;
const LOOK_MS = 1_000;

/**
 * The part of the cost that this run reports: what no run has reported. If other runs collect the same batches, one of
 * them claims each starting sum, and the rest wait for its report; without a report it counts as dead.
 */
async function claimNewCost(
  ports: Run['ports'],
  store: RecordStore,
  { cost, isShared, elsewhere }: { readonly cost: Femto; readonly isShared: boolean; readonly elsewhere: Femto },
): Promise<Femto> {
  for (;;) {
    const before = reportedOf(store, elsewhere);
    if (cost <= before) return 0n;
    if (!isShared || (await ports.state.claim(`${store.record.generation}-${roundToMicro(before)}`)))
      return cost - before;
    const until = ports.clock.now() + REPORT_MS;
    while (reportedOf(store, elsewhere) === before && ports.clock.now() < until) {
      if (!(await slept(ports, LOOK_MS))) break;
      await store.refresh();
    }
    if (reportedOf(store, elsewhere) === before) return cost - before;
  }
}

/** What has been reported for these results. The sum of runs with these requests includes what others reported `elsewhere`. */
function reportedOf({ record }: RecordStore, elsewhere: Femto): Femto {
  return larger(record.reportedUsd, elsewhere);
}

function isOther({ run }: SavedRecord, { self }: RecordStore): boolean {
  return run.nonce !== self.nonce;
}

/** The part of the cost that is new, as far as it is known before the results are stored. */
export async function previewNewCost(
  run: Run,
  { accounts }: Pick<CollectedPart, 'accounts'>,
): Promise<Femto | undefined> {
  const { runState } = run;
  const { store } = runState;
  const cost = knownNewCost(accounts);
  if (store === undefined || cost === undefined || !store.readable || !store.holds(runState.batches)) return undefined;
  const rest = cost - reportedOf(store, await reportedElsewhere(run, store, accounts.batchCosts));
  return rest < 0n ? 0n : rest;
}

/**
 * Makes a record of a batch that was given with its requests and that no record names, so that its cost is reported once. Only
 * without any record of these requests, and if one batch holds all of them: otherwise their distribution is unknown. If a record
 * of other requests names the batch, it belongs to them, and so does its cost.
 */
async function adoptGiven({ ports, runState }: Run, store: RecordStore, records: readonly SavedRecord[]) {
  const [batch, ...others] = runState.batches;
  if (records.length > 0 || batch === undefined || others.length > 0) return false;
  const sinceMs = parseTime(batch.createdAt) ?? ports.clock.date();
  const claims = await claimsOfOthers(ports, sinceMs, store.record.fingerprint);
  if (claims.has(batch.id)) return false;
  store.takeGiven(batch);
  return true;
}

/** Other runs submitted the same requests at the same time, too early for any to see another. */
function warnOfDuplicates(
  { ports }: Run,
  { record }: RecordStore,
  records: readonly SavedRecord[],
): readonly SummaryNotice[] {
  return findDuplicateSubmissions(record, records).map(({ runId, ids }) => {
    const notice = { kind: 'duplicate-submission', batch_ids: ids, run_id: runId } as const;
    ports.log.warning({ code: 'batch-notice', notice });
    return notice;
  });
}
