import { MAX_TIME } from '../core/record/fields.ts';
import { isBatchId } from '../core/text/batch-id.ts';
import { memberOf, textOf } from '../core/text/json.ts';
import { toPlainLine } from '../core/text/untrusted-text.ts';
import { ApiError, type ApiModel, type Batch } from '../ports/api.ts';

type Expected = 'batch' | 'batches' | 'deletion' | 'results' | 'model' | 'token-count';

/** The error for an answer of another shape than requested. */
export function unusable(expected: Expected, reach: ApiError['reach'], missing = ''): ApiError {
  return new ApiError({ code: 'api-answer-unusable', expected, missing }, { reach });
}

/** Longest beginning of an unusable id that is named, in characters. */
const MAX_NAMED = 200;

/** The error for a batch with an unusable ID. Quotes what is there instead: a person may find the batch by it. */
function idUnusable(given: unknown): ApiError {
  if (given === undefined || given === null || given === '') return unusable('batch', 'unknown', 'id');
  const id = toPlainLine(typeof given === 'string' ? given : JSON.stringify(given), MAX_NAMED);
  return new ApiError({ code: 'batch-id-unusable', id }, { reach: 'unknown' });
}

/** A batch as the API sent it, at least its id and status. Anything else counts as a broken answer. */
export function parseBatch(answer: unknown): Batch {
  const batch = parseCreated(answer);
  if (textOf(answer, 'processing_status') === undefined) throw unusable('batch', 'unknown', 'processing_status');
  return batch;
}

/** A batch that was just made. Requires only the ID: later looks show what this answer lacks. */
export function parseCreated(answer: unknown): Batch {
  const id = memberOf(answer, 'id');
  if (typeof id !== 'string' || !isBatchId(id)) throw idUnusable(id);
  const number = (name: string): number => countOf(memberOf(answer, 'request_counts'), name) ?? 0;
  return {
    id,
    status: textOf(answer, 'processing_status') ?? 'in_progress',
    counts: {
      processing: number('processing'),
      succeeded: number('succeeded'),
      errored: number('errored'),
      canceled: number('canceled'),
      expired: number('expired'),
    },
    createdAt: toPlainLine(textOf(answer, 'created_at') ?? '', MAX_TIME),
    endedAt: textOf(answer, 'ended_at') ?? null,
    expiresAt: textOf(answer, 'expires_at') ?? '',
    archivedAt: textOf(answer, 'archived_at') ?? null,
  };
}

/** The batch with that ID; throws for any other, which would be mistaken for it. */
export function parseBatchOf(id: string, answer: unknown): Batch {
  const batch = parseBatch(answer);
  if (batch.id !== id) throw unusable('batch', 'unknown');
  return batch;
}

/** Throws unless the API says that it deleted that batch. */
export function parseDeletion(id: string, answer: unknown): void {
  if (textOf(answer, 'id') !== id || textOf(answer, 'type') !== 'message_batch_deleted')
    throw unusable('deletion', 'unknown');
}

/** A page of batches as the API sent it. */
export function parseBatchPage(answer: unknown): { readonly batches: readonly Batch[]; readonly hasMore: boolean } {
  const data = memberOf(answer, 'data');
  if (!Array.isArray(data)) throw unusable('batches', 'unknown');
  const hasMore = memberOf(answer, 'has_more') === true;
  // Taken for the end of the list, it would hide the batch we are looking for.
  if (hasMore && data.length === 0) throw unusable('batches', 'unknown', 'data');
  return { batches: data.map(parseBatch), hasMore };
}

/** A model as the API sent it. Members that are missing, as behind a gateway, are null; the id is required. */
export function parseModel(answer: unknown): ApiModel {
  const id = textOf(answer, 'id');
  if (id === undefined) throw unusable('model', 'answered');
  const takes = (capability: string): boolean | null => {
    const supported = memberOf(answer, 'capabilities', capability, 'supported');
    return typeof supported === 'boolean' ? supported : null;
  };
  return {
    id,
    lifecycle: textOf(answer, 'lifecycle') ?? 'active',
    retiresAt: textOf(answer, 'retires_at') ?? null,
    maxTokens: countOf(answer, 'max_tokens'),
    maxInputTokens: countOf(answer, 'max_input_tokens'),
    takesBatches: takes('batch'),
    takesStructuredOutputs: takes('structured_outputs'),
  };
}

/** The number of a token count. */
export function parseCount(answer: unknown): number {
  const tokens = countOf(answer, 'input_tokens');
  if (tokens === null) throw unusable('token-count', 'answered');
  return tokens;
}

function countOf(answer: unknown, name: string): number | null {
  const value = memberOf(answer, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
