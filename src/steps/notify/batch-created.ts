import { summarizeWaiting } from '../../core/comment/section.ts';
import { requestsIn } from '../../core/markdown/lead.ts';
import { fullReport } from '../../core/markdown/links.ts';
import { makeSubmittedReport } from '../../core/markdown/markdown.ts';
import { sizeOf } from '../../core/polling/size.ts';
import { estimateOf } from '../../core/summary/estimate-summary.ts';
import { isListable } from '../../core/text/batch-id.ts';
import type { Batch } from '../../ports/api.ts';
import type { Run } from '../run/run.ts';
import { noteBatches, noteSource } from '../run/run-state.ts';
import { upsertComment } from './upsert-comment.ts';
import { stepOf } from './write-comment.ts';

/** Reports a batch as soon as it exists: to the run state, the output `batch-id` and the log. */
export function reportBatchCreated(run: Run, batch: Batch, source: 'submitted' | 'joined' | 'reused'): void {
  const { ports, runState } = run;
  if (runState.batches.some(({ id }) => id === batch.id)) return;
  noteBatches(runState, [batch]);
  noteSource(runState, source);
  publishIds(run);
  if (!isListable(batch.id) && runState.answers === undefined)
    ports.log.warning({ code: 'batch-id-unlisted', id: batch.id });
  if (source !== 'submitted') ports.log.info({ code: 'batch-resumed', id: batch.id, createdAt: batch.createdAt });
}

/** Reports the ids of given batches, whose states are not known yet. */
export function reportGivenBatches(run: Run): void {
  const { ports, inputs, runState } = run;
  noteSource(runState, 'given');
  publishIds(run, inputs.batchIds);
  ports.log.info({ code: 'batches-given', ids: inputs.batchIds });
}

/** Sets the output `batch-id`, or that of the judgements. */
export function publishIds(
  { ports, runState }: Run,
  ids: readonly string[] = runState.batches.map(({ id }) => id),
): void {
  ports.runner.setOutput(
    runState.answers === undefined ? 'batch-id' : 'judge-batch-id',
    ids.filter(isListable).join(','),
  );
}

/** Writes the comment while the batches run. */
export async function commentWaiting({ ports, inputs, context, runState: current }: Run): Promise<void> {
  const runState = current.answers ?? current;
  const { requestCount, sample = null, batches, notices, judging } = runState;
  const { name } = inputs;
  const step = stepOf({ context, inputs, runState });
  const estimate = runState.estimate === undefined ? null : estimateOf(runState.estimate);
  const sent = requestsIn(batches.map(sizeOf), requestCount);
  await upsertComment(ports, {
    inputs,
    run: context,
    report: makeSubmittedReport({ run: context, batches, requestCount, sample, notices, estimate, judging }),
    summary: summarizeWaiting(name, step, {
      requests: requestCount,
      sent,
      judgements: judging?.requestCount,
      estimate,
    }),
    failing: false,
    fullReport: fullReport(context),
    final: false,
  });
}
