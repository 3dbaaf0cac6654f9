import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages';
import type { Decided } from './answer.ts';
import { timestamp } from './identifiers.ts';
import type { AnthropicScript } from './script.ts';

const expiresAfterMs = 24 * 60 * 60_000;
const archivedAfterMs = 29 * 24 * 60 * 60_000;

/** A batch as the simulator keeps it. Times are milliseconds since the epoch. */
export interface StoredBatch {
  readonly id: string;
  readonly workspace: string;
  readonly createdAtMs: number;
  readonly requests: readonly { readonly customId: string; readonly decided: Decided }[];
  /** Of the create body, to identify exactly what was sent. */
  readonly bodySha256: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Retrieves so far, those answered 404 among them. */
  looks: number;
  /** Calls for results since the end, those answered 404 among them. */
  resultLooks: number;
  cancelledAtMs: number | undefined;
  end: { readonly atMs: number; readonly why: 'done' | 'cancelled' | 'expired' } | undefined;
}

/** Ends a batch when its time has come: by itself, by cancel or by expiry, whichever is first. */
export function advance(batch: StoredBatch, script: AnthropicScript, nowMs: number): void {
  if (batch.end !== undefined) return;
  const { createdAtMs, cancelledAtMs } = batch;
  const naturalMs =
    script.endsAfterLooks === undefined ? createdAtMs + script.endsAfterMs : endByLooks(batch, script, nowMs);
  const ends = [
    { atMs: naturalMs, why: 'done' as const },
    { atMs: (cancelledAtMs ?? Number.POSITIVE_INFINITY) + script.cancelTakesMs, why: 'cancelled' as const },
    { atMs: createdAtMs + expiresAfterMs, why: 'expired' as const },
  ];
  batch.end = ends.filter((end) => end.atMs <= nowMs).sort((a, b) => a.atMs - b.atMs)[0];
}

function endByLooks(batch: StoredBatch, script: AnthropicScript, nowMs: number): number {
  return batch.looks >= (script.endsAfterLooks ?? 0) ? nowMs : Number.POSITIVE_INFINITY;
}

/** Whether the results have expired. */
export function isArchived(batch: StoredBatch, nowMs: number): boolean {
  return nowMs >= batch.createdAtMs + archivedAfterMs;
}

/** How a request of an ended batch ended: in a batch cut short, requests without an answer are canceled or expired. */
export function outcomeAt(batch: StoredBatch, index: number, script: AnthropicScript): Decided {
  const request = batch.requests[index];
  if (request === undefined) throw new Error(`Batch ${batch.id} has no request ${index}`);
  const why = batch.end?.why ?? 'done';
  if (why === 'done' || script.answeredEarly?.(request.customId, index)) return request.decided;
  return { kind: why === 'expired' ? 'expired' : 'canceled' };
}

/** The batch in the API's form. All requests count as processing until the whole batch has ended. */
export function describeBatch(
  batch: StoredBatch,
  script: AnthropicScript,
  nowMs: number,
  origin: string,
): MessageBatch {
  const { end, cancelledAtMs, createdAtMs } = batch;
  const archived = isArchived(batch, nowMs);
  const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  if (end === undefined) counts.processing = batch.requests.length;
  else for (const index of batch.requests.keys()) counts[outcomeAt(batch, index, script).kind] += 1;
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: end !== undefined ? 'ended' : cancelledAtMs !== undefined ? 'canceling' : 'in_progress',
    request_counts: counts,
    ended_at: end === undefined ? null : timestamp(end.atMs),
    created_at: timestamp(createdAtMs),
    expires_at: timestamp(createdAtMs + expiresAfterMs),
    archived_at: archived ? timestamp(createdAtMs + archivedAfterMs) : null,
    cancel_initiated_at: cancelledAtMs === undefined ? null : timestamp(cancelledAtMs),
    results_url:
      end === undefined || archived
        ? null
        : `${script.resultsOrigin ?? origin}/v1/messages/batches/${encodeURIComponent(batch.id)}/results`,
  };
}
