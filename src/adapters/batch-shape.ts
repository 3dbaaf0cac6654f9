import { ApiError, type Batch } from '../ports/api.ts';

/** A batch as the API sent it; an answer that is none counts as broken off. */
export function parseBatch(answer: unknown): Batch {
  const fields = new Map<string, unknown>(Object.entries(typeof answer === 'object' && answer !== null ? answer : {}));
  const counts = fields.get('request_counts');
  const count = new Map<string, unknown>(Object.entries(typeof counts === 'object' && counts !== null ? counts : {}));
  const text = (name: string): string => {
    const value = fields.get(name);
    if (typeof value === 'string') return value;
    throw new ApiError(`the answer of the API is no batch (${name} is missing)`, { reach: 'unknown' });
  };
  const textOrNull = (name: string): string | null => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : null;
  };
  const number = (name: string): number => {
    const value = count.get(name);
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
    endedAt: textOrNull('ended_at'),
    expiresAt: text('expires_at'),
    archivedAt: textOrNull('archived_at'),
  };
}

/** A page of batches as the API sent it. */
export function parseBatchPage(answer: unknown): { readonly batches: readonly Batch[]; readonly hasMore: boolean } {
  const fields = new Map<string, unknown>(Object.entries(typeof answer === 'object' && answer !== null ? answer : {}));
  const data = fields.get('data');
  if (!Array.isArray(data)) throw new ApiError('the answer of the API is no list of batches', { reach: 'unknown' });
  return { batches: data.map(parseBatch), hasMore: fields.get('has_more') === true };
}
