import type { Collected } from '../../core/endings/outcome.ts';
import { findDuplicateSubmissions } from '../../core/record/duplicate-submissions.ts';
import { batchesOf, type SavedRecord } from '../../core/record/record.ts';
import { formatMicro, parseMicro } from '../../core/text/money.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Task } from '../run/job.ts';
import type { RecordStore } from '../run/record-store.ts';
import { slept } from '../run/slept.ts';

/** What earlier runs have reported of these results already, once the record was read for the last time. */
export interface Reported {
  /** The part of the cost that is new, in USD with six decimals; undefined where that is not known. */
  readonly newUsd: string | undefined;
}

/**
 * Notes in the record that these results are collected and stored, so that their cost is reported once, and that no run
 * waits for them again. `usd` is what they cost, undefined where that is not known. Says where another run paid as well.
 */
export async function close(
  task: Task,
  outcome: Collected,
  usd: string | undefined,
  artifact: StoredArtifact | undefined,
): Promise<Reported> {
  const { trail, run } = task;
  const { store: memory } = trail;
  if (memory === undefined) return { newUsd: undefined };
  const records = await memory.refresh();
  // What is collected once more was looked at when it was collected first.
  if (trail.source !== 'reused') noteDoubles(task, memory, records);
  if (!memory.holds(trail.batches) && !adoptGiven(task, memory, records)) return { newUsd: undefined };
  const isShared = records.some((one) => one.generation === memory.record.generation && isOther(one, memory));
  const cost = usd === undefined ? undefined : parseMicro(usd);
  const newMicro = cost === undefined ? 0n : await takeReport(task, memory, cost, isShared);
  const reported = parseMicro(memory.record.reportedUsd) + newMicro;
  const phase = phaseAfter(memory, outcome, trail.timedOut);
  const stored = artifact && { runId: run.runId, id: artifact.id, name: artifact.name, digest: artifact.digest };
  await memory.markCollected({ phase, reportedUsd: formatMicro(reported), artifact: stored ?? memory.record.artifact });
  return { newUsd: cost === undefined || !memory.readable ? undefined : formatMicro(newMicro) };
}

/** What this action itself stopped is not over with that: a later run with these requests sends what was left undone. */
function phaseAfter({ record }: RecordStore, { status }: Collected, isTimedOut: boolean): SavedRecord['phase'] {
  if (record.phase === 'deleted') return 'deleted';
  if (status !== 'canceled') return 'collected';
  return !isTimedOut && batchesOf(record).some(({ stopped }) => stopped !== null) ? 'open' : 'canceled';
}

/** How long another run is given to say what it reported once it has claimed to, in ms. */
const REPORT_MS = 10_000;
const LOOK_MS = 1_000;

/**
 * The part of the cost that this run reports, in micro-dollars: what nobody has reported. Where other runs collect the same
 * batches, one of them claims each sum to go on from, and the rest wait for what it has reported; if nothing comes, it died.
 */
async function takeReport({ world }: Task, memory: RecordStore, cost: bigint, isShared: boolean): Promise<bigint> {
  for (;;) {
    const before = parseMicro(memory.record.reportedUsd);
    if (cost <= before) return 0n;
    if (!isShared || (await world.state.claim(`${memory.record.generation}-${before}`))) return cost - before;
    const until = world.clock.now() + REPORT_MS;
    while (parseMicro(memory.record.reportedUsd) === before && world.clock.now() < until) {
      if (!(await slept(world, LOOK_MS))) break;
      await memory.refresh();
    }
    if (parseMicro(memory.record.reportedUsd) === before) return cost - before;
  }
}

function isOther({ run }: SavedRecord, { self }: RecordStore): boolean {
  return run.nonce !== self.nonce;
}

/** What earlier runs have reported, as far as it is known before the results are stored. */
export function previewNewUsd({ trail }: Task, usd: string | undefined): string | undefined {
  const { store: memory } = trail;
  if (memory === undefined || usd === undefined || !memory.readable || !memory.holds(trail.batches)) return undefined;
  const rest = parseMicro(usd) - parseMicro(memory.record.reportedUsd);
  return formatMicro(rest < 0n ? 0n : rest);
}

/**
 * Makes a record of batches that were given beside their requests and that no record names, so that their cost is reported
 * once. Only where there is none at all, and one batch holds them all: else nobody knows which requests are in which.
 */
function adoptGiven({ trail }: Task, memory: RecordStore, records: readonly SavedRecord[]): boolean {
  const [batch, ...others] = trail.batches;
  if (records.length > 0 || batch === undefined || others.length > 0) return false;
  memory.takeGiven(batch);
  return true;
}

/** Says where other runs submitted the same requests while this one did: no run could see the other in time. */
function noteDoubles({ trail, world }: Task, { record }: RecordStore, records: readonly SavedRecord[]): void {
  for (const { runId, ids } of findDuplicateSubmissions(record, records)) {
    trail.notices.push({ kind: 'doubled', batch_ids: ids, run_id: runId });
    world.log.warning(
      `Run ${runId} submitted the same requests at the same time (${ids.join(', ')}), so they are paid twice. A concurrency group in the workflow prevents that.`,
    );
  }
}
