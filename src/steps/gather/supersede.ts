import { pickRecord } from '../../core/record/merge-records.ts';
import { parseRecords } from '../../core/record/parse-record.ts';
import { type Pointer, parsePointer, pointerKey, printPointer } from '../../core/record/pointer.ts';
import { batchesOf, type SavedRecord } from '../../core/record/record.ts';
import { ApiError } from '../../ports/api.ts';
import type { Task } from '../run/job.ts';
import { createMemory, originOf } from '../run/memory.ts';
import type { Memory } from '../run/record-handle.ts';

/**
 * Stops the running batches that an earlier push of this pull request, workflow and leg submitted for other requests, where
 * `supersede` is `cancel` and no job of this run uses them. Says in log and comment what it stopped, and in their record, so
 * that a later run with those requests sends again what they left undone.
 */
export async function supersede(task: Task, memory: Memory): Promise<void> {
  const { world, inputs, run } = task;
  const key = keyOf(task);
  if (inputs.supersede !== 'cancel' || key === undefined) return;
  const [pointer] = (await world.state.find(key)).texts.flatMap((text) => parsePointer(text) ?? []);
  if (pointer === undefined || pointer.fingerprint === memory.fingerprint) return;
  const found = await world.state.find(pointer.fingerprint);
  const records = parseRecords(found.texts, pointer.fingerprint);
  const record = records.find((one) => holdsAny(one, pointer)) && pickRecord(records, 0, pointer.ids);
  if (record === undefined || record.phase !== 'open' || record.runs.some(({ id }) => id === run.runId)) return;

  const running: string[] = [];
  for (const { id, adopted } of batchesOf(record)) {
    // One that was found by looking and not proved yet may be somebody else's.
    if (pointer.ids.includes(id) && !adopted && (await isRunning(task, id))) running.push(id);
  }
  if (running.length === 0) return;
  // Noted before it is done: a batch that was stopped without a note would pass for one that a person has stopped.
  await createMemory(world, record.run, found.readable, record).markStopped(new Set(running), 'superseded');
  for (const id of running) await stop(task, id, record.submittedSha);
}

async function isRunning({ world }: Task, id: string): Promise<boolean> {
  try {
    const { status } = (await world.api.retrieve(id)).batch;
    return status !== 'ended' && status !== 'canceling';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    world.log.warning(`The batch ${id} of an earlier push could not be looked at: ${error.message}.`);
    return false;
  }
}

async function stop({ world, trail }: Task, id: string, sha: string): Promise<void> {
  try {
    await world.api.cancel(id);
    world.log.info(`Stopped batch ${id} of the earlier commit ${sha.slice(0, 7)}, whose requests were others.`);
    trail.notices.push({ kind: 'superseded', batch_id: id, sha });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    world.log.warning(`The batch ${id} of an earlier push could not be stopped: ${error.message}.`);
  }
}

function holdsAny(record: SavedRecord, { ids }: Pointer): boolean {
  return batchesOf(record).some(({ id }) => ids.includes(id));
}

/** Leaves word for the next push of the batches that this pull request, workflow and name submitted. */
export async function leavePointer(task: Task, memory: Memory): Promise<void> {
  const key = keyOf(task);
  const { origin } = memory.record;
  const own = originOf(task);
  const isOurs = origin.pullRequest === own.pullRequest && origin.workflow === own.workflow && origin.name === own.name;
  if (key === undefined || !isOurs) return;
  const ids = batchesOf(memory.record).map(({ id }) => id);
  const pointer = printPointer({ fingerprint: memory.fingerprint, ids, sha: task.run.sha });
  await task.world.state.save(key, pointer, false);
}

function keyOf(task: Task): string | undefined {
  const { pullRequest, workflow, name } = originOf(task);
  return pullRequest === null ? undefined : pointerKey(pullRequest, workflow, name);
}
