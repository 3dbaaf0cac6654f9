import type { PriceBook } from '../cost/book.ts';
import type { PagePrices } from '../cost/price.ts';
import type { AnswerRank } from './whole-answer.ts';

/** Bytes of a file. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * Places of each request's lines and the data for choosing its case, by position. Columns of numbers, because there may
 * be very many requests, of which a page reads few again.
 */
export interface CasePlaces {
  readonly count: number;
  rank(position: number): AnswerRank;
  /** Place of its line in `requests.jsonl`, without the line end; undefined if missing there. */
  request(position: number): Span | undefined;
  /** Place of its line in `results.jsonl`, without the line end; undefined if missing. */
  result(position: number): Span | undefined;
  /** What its result is priced with. */
  pricing(position: number): PagePrices;
}

export interface CasePlacesWriter extends CasePlaces {
  /** `createdAtMs` is when the batch of the result was created. */
  put(position: number, found: Span & { readonly rank: AnswerRank; readonly createdAtMs: number }): void;
}

/** Places of `count` requests, all missing until they are put. `requestStarts` has one more entry: where the file ends. */
export function createCasePlaces(
  count: number,
  known: { readonly requestStarts: readonly number[] | undefined; readonly prices: PriceBook },
): CasePlacesWriter {
  const { requestStarts, prices } = known;
  const ranks = new Uint8Array(count);
  const offsets = new Float64Array(count);
  const lengths = new Uint32Array(count);
  const createdAt = new Float64Array(count);
  return {
    count,
    put(position, { offset, length, rank, createdAtMs }) {
      ranks[position] = rank;
      offsets[position] = offset;
      lengths[position] = length;
      createdAt[position] = createdAtMs;
    },
    rank: (position) => (ranks[position] ?? 0) as AnswerRank,
    request(position) {
      const [offset, end] = [requestStarts?.[position], requestStarts?.[position + 1]];
      return offset === undefined || end === undefined ? undefined : { offset, length: end - offset - 1 };
    },
    result(position) {
      const length = lengths[position] ?? 0;
      return length === 0 ? undefined : { offset: offsets[position] ?? 0, length };
    },
    pricing: (position) => ({ prices, at: createdAt[position] ?? Number.NaN }),
  };
}
