import { mergeRecords } from '../core/batches/merge-records.ts';
import { parseRecords } from '../core/batches/parse-record.ts';
import { type Pointer, parsePointer, pointerKey, printPointer } from '../core/batches/pointer.ts';
import { ApiError } from '../errors.ts';
import type { Task } from './job.ts';
import { createMemory, type Memory } from './memory.ts';

/**
 * Stops the running batches that an earlier push of this pull request, workflow and leg submitted for other requests, where
 * `supersede` is `cancel`. Says in log and comment what it stopped, and in their record, so that a later run with those
 * requests sends again what they left undone.
 */
export async function supersede(task: Task, memory: Memory): Promise<void> {
  const { world, inputs, trail } = task;
  const key = keyOf(task);
  if (inputs.supersede !== 'cancel' || key === undefined) return;
  const [pointer] = (await world.state.find(key)).texts.flatMap((text) => parsePointer(text) ?? []);
  if (pointer === undefined || pointer.fingerprint === memory.fingerprint) return;
  await markStopped(task, pointer);
  for (const id of pointer.ids) {
    try {
      const { batch } = await world.api.retrieve(id);
      if (batch.status === 'ended' || batch.status === 'canceling') continue;
      await world.api.cancel(id);
      world.log.info(
        `Stopped batch ${id} of the earlier commit ${pointer.sha.slice(0, 7)}, whose requests were others.`,
      );
      trail.notices.push({ kind: 'superseded', batch_id: id, sha: pointer.sha });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      world.log.warning(`The batch ${id} of an earlier push could not be stopped: ${error.message}.`);
    }
  }
}

/** Noted before it is done: a batch that was stopped without a note would pass for one that a person has stopped. */
async function markStopped({ world }: Task, { fingerprint, ids }: Pointer): Promise<void> {
  const found = await world.state.find(fingerprint);
  const record = mergeRecords(parseRecords(found.texts, fingerprint));
  if (record?.phase === 'open') await createMemory(world, record.run, found.readable, record).markStopped(new Set(ids));
}

/** Leaves word of this run's batches for the next push. */
export async function leavePointer({ world, inputs, run, trail }: Task, memory: Memory): Promise<void> {
  const key = keyOf({ inputs, run });
  if (key === undefined) return;
  const ids = trail.batches.map(({ id }) => id);
  await world.state.save(key, printPointer({ fingerprint: memory.fingerprint, ids, sha: run.sha }), false);
}

function keyOf({ run, inputs }: Pick<Task, 'run' | 'inputs'>): string | undefined {
  return run.issue?.kind === 'pull-request' ? pointerKey(run.issue.number, run.workflow, inputs.leg) : undefined;
}
