import { ApiError, type ApiModel } from '../ports/api.ts';

/** A model as the API sent it. What it leaves out, as a gateway may, is null; without an id the answer is none. */
export function parseModel(answer: unknown): ApiModel {
  const fields = mapOf(answer);
  const id = textOf(fields.get('id'));
  if (id === null) throw new ApiError('the answer of the API is no model', { reach: 'answered' });
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
  if (tokens === null) throw new ApiError('the answer of the API is no token count', { reach: 'answered' });
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
