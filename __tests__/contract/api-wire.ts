import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages';
import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { expect } from '@jest/globals';
import { simulatedModels } from '../../simulator/anthropic/models.ts';
import { describedFaultOf, faultOf } from '../../simulator/anthropic/shapes.ts';
import type { WireShape } from '../../simulator/anthropic/wire-shapes.ts';
import type { ApiModel, Batch } from '../../src/ports/api.ts';

// What the API would have to send for the adapter to make of it what a fake answers.

/** Fails where the client's types, or the API's description where it is at hand, forbid the value. */
export function expectShape(shape: WireShape, value: unknown): void {
  expect([shape, faultOf(shape, value), describedFaultOf(shape, value)]).toEqual([shape, undefined, undefined]);
}

export function batchOnWire(batch: Batch): unknown {
  const { id, status, counts, createdAt, endedAt, expiresAt, archivedAt } = batch;
  const isThere = status === 'ended' && archivedAt === null;
  return {
    id,
    type: 'message_batch',
    processing_status: status,
    request_counts: counts,
    created_at: createdAt,
    ended_at: endedAt,
    expires_at: expiresAt,
    archived_at: archivedAt,
    cancel_initiated_at: status === 'canceling' ? createdAt : null,
    results_url: isThere ? `https://api.anthropic.com/v1/messages/batches/${id}/results` : null,
  } satisfies { [Name in keyof MessageBatch]: unknown };
}

export function modelOnWire(model: ApiModel): unknown {
  const { id, lifecycle, retiresAt, maxTokens, maxInputTokens, takesBatches, takesStructuredOutputs } = model;
  const [real] = simulatedModels().values();
  if (real === undefined || real.capabilities === null) throw new Error('The simulator has no model');
  const supported = (takes: boolean | null) => ({ supported: takes });
  return {
    ...real,
    id,
    lifecycle,
    retires_at: retiresAt,
    max_tokens: maxTokens,
    max_input_tokens: maxInputTokens,
    capabilities: {
      ...real.capabilities,
      batch: supported(takesBatches),
      structured_outputs: supported(takesStructuredOutputs),
    },
  } satisfies { [Name in keyof ModelInfo]: unknown };
}
