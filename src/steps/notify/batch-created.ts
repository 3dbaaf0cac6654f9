import { summarizeWaiting } from '../../core/comment/section.ts';
import { fullReport } from '../../core/markdown/links.ts';
import { makeSubmittedReport } from '../../core/markdown/markdown.ts';
import { estimateOf } from '../../core/summary/estimate-summary.ts';
import type { Batch } from '../../ports/api.ts';
import type { Task } from '../run/job.ts';
import { noteBatches, noteSource } from '../run/trail.ts';
import { upsertComment } from './upsert-comment.ts';

/** Reports a batch the moment it exists: to the trail, the output `batch-id` and the log. */
export function reportBatchCreated(task: Task, batch: Batch, source: 'submitted' | 'joined' | 'reused'): void {
  const { world, trail } = task;
  if (trail.batches.some(({ id }) => id === batch.id)) return;
  noteBatches(trail, [batch]);
  noteSource(trail, source);
  publishIds(task);
  if (source !== 'submitted') world.log.info({ code: 'batch-resumed', id: batch.id, createdAt: batch.createdAt });
}

/** Reports the ids of given batches, of which nothing else is known yet. */
export function reportGivenBatches(task: Task): void {
  const { world, inputs, trail } = task;
  noteSource(trail, 'given');
  publishIds(task, inputs.batchIds);
  world.log.info({ code: 'batches-given', ids: inputs.batchIds });
}

/** The ids in the output. */
export function publishIds({ world, trail }: Task, ids: readonly string[] = trail.batches.map(({ id }) => id)): void {
  world.runner.setOutput('batch-id', ids.join(','));
}

/** Writes the comment while the batches are at work. */
export async function commentWaiting({ world, inputs, run, trail }: Task): Promise<void> {
  const { requestCount, batches, notices } = trail;
  const { name } = inputs;
  const estimate = trail.estimate === undefined ? null : estimateOf(trail.estimate);
  await upsertComment(world, {
    inputs,
    run,
    report: makeSubmittedReport({ run, name, batches, requestCount, notices, estimate }),
    summary: summarizeWaiting(name, run, requestCount),
    failing: false,
    fullReport: fullReport(run),
    final: false,
  });
}
