import type { PageResponse } from '@anthropic-ai/sdk/core/pagination';
import { Refusal } from './refusal.ts';

/** One page of a list, newest first: `limit` 1 to 1000 (20), `after_id` continues to older ones, `before_id` goes back to newer ones. */
export function pageOf<Item extends { id: string }>(
  items: readonly Item[],
  query: URLSearchParams,
): PageResponse<Item> {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new Refusal('invalid_request_error', 'limit: Input should be an integer from 1 to 1000');
  const after = query.get('after_id');
  const before = query.get('before_id');
  if (after !== null && before !== null)
    throw new Refusal('invalid_request_error', 'after_id: Only one of after_id and before_id can be given');
  const rest =
    after !== null
      ? items.slice(indexOf(items, after, 'after_id') + 1)
      : before !== null
        ? items.slice(0, indexOf(items, before, 'before_id'))
        : items;
  const data = before === null ? rest.slice(0, limit) : rest.slice(-limit);
  return { data, has_more: rest.length > data.length, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}

function indexOf(items: readonly { id: string }[], id: string, name: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index === -1) throw new Refusal('invalid_request_error', `${name}: No such id`);
  return index;
}
