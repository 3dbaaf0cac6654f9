import { failed } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { shardsOf } from '../../core/record/record.ts';
import { lookOnce } from '../collect/look-once.ts';
import { interrupt } from '../run/interrupt.ts';
import { findLater } from '../run/later.ts';
import { type LeftStates, loadOwnRecord } from '../run/load-record.ts';
import { judgingPart } from '../run/parts.ts';
import type { RecordStore } from '../run/record-store.ts';
import type { Run } from '../run/run.ts';
import { beginJudging, noteBatches, noteSource } from '../run/run-state.ts';
import { readOwnWorkflow } from '../run/workflow.ts';
import { findLostBatch } from '../send/find-lost-batch.ts';
import { placeholderOf } from '../send/placeholder.ts';

/**
 * Finishes a killed main step by its record: looks for the batch of a create without an answer and, if the input says
 * so, cancels the batches. Undefined if nothing was begun.
 */
export async function postRun(run: Run, left: LeftStates): Promise<Outcome | undefined> {
  const { ports, inputs, runState } = run;
  // The main step knew how long it had waited.
  runState.waitedMs = undefined;
  runState.folderMark = await ports.files.markOf(inputs.resultsPath);
  const store = await loadOwnRecord(run, left.answers);
  if (store === undefined) return undefined;
  runState.later = await findLater(run, await readOwnWorkflow(run));
  const { phase, artifact } = store.record;
  const judgings = await loadJudging(run, left.judgements);
  if (phase !== 'open' && !judgings.some((one) => one.store.record.phase === 'open'))
    return failed({ code: 'stopped-before-report', artifact: artifact?.name });
  for (const part of [{ run, store }, ...judgings]) await look(part);
  return interrupt(run);
}

interface Part {
  readonly run: Run;
  readonly store: RecordStore;
}

/** The record of judgements that the main step had begun to ask for. */
async function loadJudging(run: Run, left: LeftStates['judgements']): Promise<readonly Part[]> {
  if (left.fingerprint === '') return [];
  const part = judgingPart(run, beginJudging(run.runState));
  const store = await loadOwnRecord(part, left);
  if (store === undefined) run.runState.judging = undefined;
  return store === undefined ? [] : [{ run: part, store }];
}

/** Finds out what the record says about batches and about creates without an answer. */
async function look({ run, store }: Part): Promise<void> {
  const { ports, runState } = run;
  runState.requestCount = store.record.requestCount;
  noteSaved(run, store);
  for (const [round, { shards }] of store.record.rounds.entries()) {
    for (const [shard, { intent, batch }] of shards.entries()) {
      if (batch !== null || intent?.nonce !== runState.nonce) continue;
      await findLostBatch({ ports, store }, { round, shard }, Date.parse(intent.at));
    }
  }
  noteSaved(run, store);
  for (const batch of runState.batches) noteBatches(runState, [await lookOnce(run, batch)]);
}

/** Adds the batches of the record that the run state does not know yet. */
function noteSaved({ runState }: Run, { record }: RecordStore): void {
  const known = new Set(runState.batches.map(({ id }) => id));
  for (const shard of shardsOf(record)) {
    if (shard.batch === null || known.has(shard.batch.id)) continue;
    noteBatches(runState, [placeholderOf(shard)]);
    noteSource(runState, 'submitted');
  }
}
