import type { Collected } from '../../core/endings/outcome.ts';
import { findDoubles } from '../../core/record/doubles.ts';
import { batchesOf, type RecordRound, type SavedRecord } from '../../core/record/record.ts';
import { knownCost } from '../../core/results/accounts.ts';
import type { SummaryNotice } from '../../core/summary/summary.ts';
import { type Femto, roundToMicro } from '../../core/text/money.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Task } from '../run/job.ts';
import { holds, type Memory } from '../run/record-handle.ts';

/** What was learned when the record was read for the last time. */
export interface Marked {
  /** The part of the cost that no earlier run has reported; undefined where that is not known. */
  readonly newCost: Femto | undefined;
  /** Where another run paid for the same requests. */
  readonly notices: readonly SummaryNotice[];
}

/** Notes in the record that these results are collected and stored, so that their cost is reported once and no run waits for them again. */
export async function markCollected(
  task: Task,
  outcome: Collected,
  artifact: StoredArtifact | undefined,
): Promise<Marked> {
  const { trail, run } = task;
  const { memory } = trail;
  if (memory === undefined) return { newCost: undefined, notices: [] };
  const records = await memory.refresh();
  // What is collected once more was looked at when it was collected first.
  const notices = trail.source === 'reused' ? [] : warnOfDuplicates(task, memory, records);
  if (!holds(memory, trail.batches) && !adoptGiven(task, memory, records)) return { newCost: undefined, notices };
  const isShared = records.some((one) => one.generation === memory.record.generation && isOther(one, memory));
  const cost = knownCost(outcome.accounts);
  const newCost = cost === undefined ? 0n : await claimNewCost(task, memory, cost, isShared);
  const stored = artifact && { runId: run.runId, id: artifact.id, name: artifact.name, digest: artifact.digest };
  const change = {
    phase: phaseAfter(memory, outcome, trail.timedOut),
    reportedUsd: memory.record.reportedUsd + newCost,
    artifact: stored ?? memory.record.artifact,
  };
  await memory.save(change, true);
  return { newCost: cost === undefined || !memory.readable ? undefined : newCost, notices };
}

/** What this action itself stopped is not over with that: a later run with these requests sends what was left undone. */
function phaseAfter({ record }: Memory, { status }: Collected, isTimedOut: boolean): SavedRecord['phase'] {
  if (record.phase === 'deleted') return 'deleted';
  if (status !== 'canceled') return 'collected';
  return !isTimedOut && batchesOf(record).some(({ stopped }) => stopped !== null) ? 'open' : 'canceled';
}

/** How long another run is given to say what it reported once it has claimed to, in ms. */
const REPORT_MS = 10_000;
const LOOK_MS = 1_000;

/**
 * The part of the cost that this run reports: what no run has reported. Where other runs collect the same batches, one of
 * them claims each sum to go on from, and the rest wait for what it has reported; if nothing comes, it died.
 */
async function claimNewCost({ world }: Task, memory: Memory, cost: Femto, isShared: boolean): Promise<Femto> {
  for (;;) {
    const before = memory.record.reportedUsd;
    if (cost <= before) return 0n;
    if (!isShared || (await world.state.claim(`${memory.record.generation}-${roundToMicro(before)}`)))
      return cost - before;
    const until = world.clock.now() + REPORT_MS;
    while (memory.record.reportedUsd === before && world.clock.now() < until && !world.stop.requested) {
      await world.clock.sleep(LOOK_MS);
      await memory.refresh();
    }
    if (memory.record.reportedUsd === before) return cost - before;
  }
}

function isOther({ run }: SavedRecord, { self }: Memory): boolean {
  return run.nonce !== self.nonce;
}

/** The part of the cost that is new, as far as that is known before the results are stored. */
export function previewNewCost({ trail }: Task, { accounts }: Collected): Femto | undefined {
  const { memory } = trail;
  const cost = knownCost(accounts);
  if (memory === undefined || cost === undefined || !memory.readable || !holds(memory, trail.batches)) return undefined;
  const rest = cost - memory.record.reportedUsd;
  return rest < 0n ? 0n : rest;
}

/**
 * Makes a record of batches that were given beside their requests and that no record names, so that their cost is reported
 * once. Only where there is none at all, and one batch holds them all: else nobody knows which requests are in which.
 */
function adoptGiven({ trail }: Task, memory: Memory, records: readonly SavedRecord[]): boolean {
  const [batch, ...others] = trail.batches;
  if (records.length > 0 || batch === undefined || others.length > 0) return false;
  const given = { id: batch.id, createdAt: batch.createdAt, adopted: false, stopped: null };
  const shard = { count: memory.record.requestCount, sha256: '0'.repeat(64), intent: null, batch: given, letGo: [] };
  const rounds: RecordRound[] = [{ shards: [shard] }];
  memory.record = { ...memory.record, rounds };
  return true;
}

/** Other runs submitted the same requests while this one did: no run could see the other in time. */
function warnOfDuplicates(
  { world }: Task,
  { record }: Memory,
  records: readonly SavedRecord[],
): readonly SummaryNotice[] {
  return findDoubles(record, records).map(({ runId, ids }) => {
    const notice = { kind: 'doubled', batch_ids: ids, run_id: runId } as const;
    world.log.warning({ code: 'batch-notice', notice });
    return notice;
  });
}
