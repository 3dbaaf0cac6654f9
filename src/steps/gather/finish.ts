import { failed } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { ApiError } from '../../ports/api.ts';
import type { Task } from '../run/job.ts';
import { leave } from '../run/leave.ts';
import { recallOwn } from '../run/memory.ts';
import type { Memory } from '../run/record-handle.ts';
import { noteBatches, noteSource } from '../run/trail.ts';
import { placeholderOf } from '../send/round.ts';
import { look } from '../send/submit.ts';

/**
 * What a main step that was killed left to do, by the record it wrote: the batch of a create that it did not see the end of
 * is looked for, and where that is wanted the batches are stopped. Undefined where nothing was begun.
 */
export async function finish(task: Task, fingerprint: string): Promise<Outcome | undefined> {
  const { trail } = task;
  const memory = await recallOwn(task, fingerprint);
  if (memory === undefined || memory.record.run.nonce !== trail.nonce) return undefined;
  const { phase, requestCount, artifact } = memory.record;
  if (phase !== 'open') return failed({ code: 'stopped-before-report', artifact: artifact?.name });
  trail.requestCount = requestCount;
  await findLost(task, memory);
  for (const [round, { shards }] of memory.record.rounds.entries()) {
    for (const shard of shards) {
      if (shard.batch === null) continue;
      noteBatches(trail, [await lookOnce(task, shard.batch.id, placeholderOf(shard))]);
      noteSource(trail, 'submitted');
      trail.rounds.set(shard.batch.id, round);
    }
  }
  return leave(task);
}

/** Looks for the batches of creates whose end the main step did not see, and remembers them. */
async function findLost({ world, trail }: Task, memory: Memory): Promise<void> {
  for (const [round, { shards }] of memory.record.rounds.entries()) {
    for (const [shard, { intent, batch }] of shards.entries()) {
      if (batch !== null || intent === null || intent.nonce !== trail.nonce) continue;
      await look(world, memory, { round, shard }, intent, Date.parse(intent.at));
    }
  }
}

async function lookOnce({ world }: Task, id: string, otherwise: ReturnType<typeof placeholderOf>) {
  try {
    return (await world.api.retrieve(id)).batch;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return otherwise;
  }
}
