import { waitingFigures } from '../../core/comment/legs.ts';
import { fullReport } from '../../core/markdown/link.ts';
import { renderSubmitted } from '../../core/markdown/submitted.ts';
import { estimateOf } from '../../core/summary/estimate-summary.ts';
import type { Batch } from '../../ports/api.ts';
import type { Task } from '../run/job.ts';
import { noteBatches, noteSource } from '../run/trail.ts';
import { tellComment } from './tell.ts';

/** Makes a batch known the moment it exists: in the trail, the output `batch-id` and the log. */
export function announce(task: Task, batch: Batch, source: 'submitted' | 'joined' | 'reused'): void {
  const { world, trail } = task;
  const known = trail.batches.some(({ id }) => id === batch.id);
  if (known) return;
  noteBatches(trail, [batch]);
  noteSource(trail, source);
  publishIds(task);
  if (source !== 'submitted') world.log.info({ code: 'batch-resumed', id: batch.id, createdAt: batch.createdAt });
}

/** The ids of given batches, of which nothing else is known yet. */
export function announceGiven(task: Task): void {
  const { world, inputs, trail } = task;
  noteSource(trail, 'given');
  publishIds(task, inputs.batchIds);
  world.log.info({ code: 'batches-given', ids: inputs.batchIds });
}

/** The ids in the output. */
export function publishIds({ world, trail }: Task, ids: readonly string[] = trail.batches.map(({ id }) => id)): void {
  world.runner.setOutput('batch-id', ids.join(','));
}

/** The comment while the batches are at work. */
export async function tellSubmitted({ world, inputs, run, trail }: Task): Promise<void> {
  const { requestCount, batches, notices } = trail;
  const text = renderSubmitted({
    run,
    name: inputs.name,
    batches,
    requestCount,
    notices,
    estimate: trail.estimate === undefined ? null : estimateOf(trail.estimate),
  });
  await tellComment(world, {
    inputs,
    run,
    text,
    figures: waitingFigures(inputs.name, requestCount),
    failing: false,
    fullReport: fullReport(run),
    final: false,
  });
}
