import { pickRecord } from '../../core/record/merge-records.ts';
import { parseRecords } from '../../core/record/parse-record.ts';
import { type Pointer, parsePointer, pointerKey, printPointer } from '../../core/record/pointer.ts';
import { batchesOf, type RecordBatch, type SavedRecord } from '../../core/record/record.ts';
import { workspaceElsewhere } from '../../core/record/whereabouts.ts';
import { ApiError } from '../../ports/api.ts';
import { createRecordStore } from '../run/create-record-store.ts';
import { originOf } from '../run/load-record.ts';
import type { Run, SubmittingRun } from '../run/run.ts';

/**
 * Cancels the running batches that an earlier push of this pull request submitted in the same evaluation for other
 * requests, if `supersede` is `cancel` and no job of this run uses them. Reports them in log and comment, and notes the
 * cancel in their record, so that a later run with those requests sends the unanswered ones again.
 */
export async function supersede(run: SubmittingRun): Promise<void> {
  const { ports, inputs, store } = run;
  const key = keyOf(run);
  if (inputs.supersede !== 'cancel' || key === undefined) return;
  const pointer = await findPointer(run, key);
  if (pointer === undefined || pointer.fingerprint === store.record.fingerprint) return;
  // After a newer push, or with a name that two steps share, nothing is known to be outdated.
  if (pointer.shared || pointer.run.id >= run.context.runId) return;
  const { texts, readable } = await ports.state.find(pointer.fingerprint);
  const records = parseRecords(texts, pointer.fingerprint);
  const isOfPointer = records.some((one) => batchesOf(one).some(({ id }) => pointer.ids.includes(id)));
  const record = isOfPointer ? pickRecord(records, 0, pointer.ids) : undefined;
  if (record === undefined || record.phase !== 'open' || record.runs.some(({ id }) => id === run.context.runId)) return;
  await stop(run, { record, readable, isMeant: (id) => pointer.ids.includes(id) });
  await stopJudging(run, record);
}

/**
 * The same if the requests are unchanged but their answers are judged differently. `fingerprint` is that of the judgements
 * that this run asks for; it is left for the next push.
 */
export async function supersedeJudging(run: PointingRun, fingerprint: string): Promise<void> {
  const { inputs, store, context } = run;
  const key = keyOf(run);
  if (key === undefined) return;
  const pointer = await findPointer(run, key);
  if (pointer?.fingerprint !== store.record.fingerprint || pointer.run.id > context.runId) return;
  const { judge, shared } = pointer;
  if (judge === fingerprint) return;
  if (inputs.supersede === 'cancel' && judge !== undefined && !shared) {
    const { texts, readable } = await run.ports.state.find(judge);
    const record = pickRecord(parseRecords(texts, judge), 0);
    const isOfPush = record?.runs.some(({ id }) => id >= context.runId);
    if (record?.phase === 'open' && !isOfPush) await stop(run, { record, readable, isMeant: () => true });
  }
  await run.ports.state.save(key, printPointer({ ...pointer, judge: fingerprint }), false);
}

/** Judgements of the superseded answers, which no other run has asked for. */
async function stopJudging(run: SubmittingRun, { judge, runs }: SavedRecord): Promise<void> {
  if (judge === null) return;
  const { texts, readable } = await run.ports.state.find(judge.fingerprint);
  const record = pickRecord(parseRecords(texts, judge.fingerprint), 0);
  const known = new Set(runs.map(({ id }) => id));
  if (record === undefined || record.phase !== 'open' || !record.runs.every(({ id }) => known.has(id))) return;
  await stop(run, { record, readable, isMeant: () => true });
}

/** A run that has its own record. */
type PointingRun = Run & Pick<SubmittingRun, 'store'>;

interface Superseded {
  readonly record: SavedRecord;
  readonly readable: boolean;
  readonly isMeant: (id: string) => boolean;
}

/** Asks the API to stop the running batches of a record, if they are meant. */
async function stop(run: Run, { record, readable, isMeant }: Superseded): Promise<void> {
  const { ports } = run;
  const running: string[] = [];
  for (const batch of batchesOf(record)) {
    // An adopted batch that is not confirmed yet may be somebody else's.
    if (isMeant(batch.id) && !batch.adopted && (await isRunning(run, batch))) running.push(batch.id);
  }
  if (running.length === 0) return;
  // Recorded before the cancel: without a note, a person would seem to have stopped the batch.
  const theirs = createRecordStore({ ports, self: record.run, readable, record });
  await theirs.markStopped(new Set(running), 'superseded');
  for (const id of running) await cancel(run, id, record.submittedSha);
}

async function isRunning({ ports }: Run, { id, workspaceId }: RecordBatch): Promise<boolean> {
  try {
    const { status } = (await ports.api.retrieve(id)).batch;
    return status !== 'ended' && status !== 'canceling';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const belongsTo = workspaceElsewhere(workspaceId, error);
    ports.log.warning({ code: 'earlier-push-not-checked', id, reason: error.message, belongsTo });
    return false;
  }
}

async function cancel({ ports, runState }: Run, id: string, sha: string): Promise<void> {
  try {
    await ports.api.cancel(id);
    ports.log.info({ code: 'earlier-push-canceled', id, sha });
    runState.notices.push({ kind: 'superseded', batch_id: id, sha });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ports.log.warning({ code: 'earlier-push-not-canceled', id, reason: error.message });
  }
}

async function findPointer({ ports }: Run, key: string): Promise<Pointer | undefined> {
  return (await ports.state.find(key)).texts.flatMap((text) => parsePointer(text) ?? [])[0];
}

/**
 * Records, for the next push, the batches of answers that this evaluation submitted: their record leads to the judgements. A newer
 * run's pointer stays.
 */
export async function leavePointer(run: SubmittingRun): Promise<void> {
  if (run.runState.answers !== undefined) return;
  const key = keyOf(run);
  const { fingerprint, origin, ...record } = run.store.record;
  const own = originOf(run);
  const isOurs = origin.pullRequest === own.pullRequest && origin.workflow === own.workflow && origin.name === own.name;
  if (key === undefined || !isOurs) return;
  const ids = batchesOf(record).map(({ id }) => id);
  const there = await findPointer(run, key);
  const { id, attempt, nonce } = run.store.self;
  if (there !== undefined && there.run.id > id) return;
  const isOfThisAttempt = there?.run.id === id && there.run.attempt === attempt;
  const shared = isOfThisAttempt && (there.shared || (there.run.nonce !== nonce && there.fingerprint !== fingerprint));
  if (shared && !there.shared) run.ports.log.warning({ code: 'pointer-shared', name: own.name });
  const judge = there?.fingerprint === fingerprint ? there.judge : undefined;
  const pointer = { fingerprint, ids, sha: run.context.sha, run: { id, attempt, nonce }, shared, judge };
  await run.ports.state.save(key, printPointer(pointer), false);
}

function keyOf(run: Run): string | undefined {
  const { pullRequest, workflow, name } = originOf(run);
  const { job, action } = run.context;
  const { requests, defaultParams, overrideParams } = run.inputs;
  const params = [defaultParams, overrideParams];
  return pullRequest === null ? undefined : pointerKey({ pullRequest, workflow, name, job, action, requests, params });
}
