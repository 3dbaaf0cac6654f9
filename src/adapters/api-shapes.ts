import { ApiError, type ApiModel, type Batch } from '../ports/api.ts';

type Expected = 'batch' | 'batches' | 'results' | 'model' | 'token-count';

/** The error for an answer that is not what was asked for. */
export function unusable(expected: Expected, reach: ApiError['reach'], missing = ''): ApiError {
  return new ApiError({ code: 'api-answer-unusable', expected, missing }, { reach });
}

/** A batch as the API sent it. Anything else counts as a broken answer. */
export function parseBatch(answer: unknown): Batch {
  const fields = mapOf(answer);
  const counts = mapOf(fields.get('request_counts'));
  const text = (name: string): string => {
    const value = textOf(fields.get(name));
    if (value === null) throw unusable('batch', 'unknown', name);
    return value;
  };
  const number = (name: string): number => {
    const value = counts.get(name);
    return typeof value === 'number' ? value : 0;
  };
  return {
    id: text('id'),
    status: text('processing_status'),
    counts: {
      processing: number('processing'),
      succeeded: number('succeeded'),
      errored: number('errored'),
      canceled: number('canceled'),
      expired: number('expired'),
    },
    createdAt: text('created_at'),
    endedAt: textOf(fields.get('ended_at')),
    expiresAt: text('expires_at'),
    archivedAt: textOf(fields.get('archived_at')),
  };
}

/** A page of batches as the API sent it. */
export function parseBatchPage(answer: unknown): { readonly batches: readonly Batch[]; readonly hasMore: boolean } {
  const fields = mapOf(answer);
  const data = fields.get('data');
  if (!Array.isArray(data)) throw unusable('batches', 'unknown');
  return { batches: data.map(parseBatch), hasMore: fields.get('has_more') === true };
}

/** A model as the API sent it. Members that are missing, as behind a gateway, are null; the id is required. */
export function parseModel(answer: unknown): ApiModel {
  const fields = mapOf(answer);
  const id = textOf(fields.get('id'));
  if (id === null) throw unusable('model', 'answered');
  const supported = mapOf(mapOf(fields.get('capabilities')).get('batch')).get('supported');
  return {
    id,
    lifecycle: textOf(fields.get('lifecycle')) ?? 'active',
    retiresAt: textOf(fields.get('retires_at')),
    maxTokens: countOf(fields.get('max_tokens')),
    maxInputTokens: countOf(fields.get('max_input_tokens')),
    takesBatches: typeof supported === 'boolean' ? supported : null,
  };
}

/** The figure of a token count. */
export function parseCount(answer: unknown): number {
  const tokens = countOf(mapOf(answer).get('input_tokens'));
  if (tokens === null) throw unusable('token-count', 'answered');
  return tokens;
}

function mapOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(Object.entries(typeof value === 'object' && value !== null ? value : {}));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
