import type { PriceBook } from '../cost/book.ts';
import type { PagePrices } from '../cost/price.ts';
import type { LineName } from '../requests/line-name.ts';
import type { LinePlace } from '../requests/lines.ts';
import type { Sequence } from '../text/sequence.ts';
import type { AnswerRank } from './whole-answer.ts';

/** A range of bytes in a file. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * Places of each request's lines and the data for choosing its case, by position. Columns of numbers, because there may be very many
 * requests, and a page rereads only a few.
 */
export interface CasePlaces {
  readonly count: number;
  rank(position: number): AnswerRank;
  /** Place of its line in `requests.jsonl`, without the line end; undefined if missing there. */
  request(position: number): Span | undefined;
  /** Its line in a request file; undefined if unknown. */
  source(position: number): LineName | undefined;
  /** Place of its line in `results.jsonl`, without the line end; undefined if missing. */
  result(position: number): Span | undefined;
  /** The batch of its result; undefined if missing. */
  batchId(position: number): string | undefined;
  /** Whether an earlier run paid for its result. */
  isReused(position: number): boolean;
  /** What pricing its result needs. */
  pricing(position: number): PagePrices;
}

export interface CasePlacesWriter extends CasePlaces {
  /** `batchId` and `createdAtMs` describe the result's batch. */
  put(
    position: number,
    found: Span & {
      readonly rank: AnswerRank;
      readonly batchId: string;
      readonly createdAtMs: number;
      readonly isReused: boolean;
    },
  ): void;
}

/** Places of the requests' lines, by position. */
interface RequestLines {
  /** Offsets in `requests.jsonl`; one more entry gives the end of the file. */
  readonly starts: Sequence<number>;
  /** In the request files. */
  readonly places: Sequence<LinePlace>;
  readonly files: readonly { readonly name: string }[];
}

/** Places of `count` requests, all missing until they are put. */
export function createCasePlaces(
  count: number,
  known: {
    readonly requests: RequestLines | undefined;
    readonly prices: PriceBook;
  },
): CasePlacesWriter {
  const { requests, prices } = known;
  const starts = requests?.starts;
  const ranks = new Uint8Array(count);
  const offsets = new Float64Array(count);
  const lengths = new Uint32Array(count);
  const createdAt = new Float64Array(count);
  const batches = new Uint16Array(count);
  const reused = new Uint8Array(count);
  const batchIds: string[] = [];
  return {
    count,
    put(position, { offset, length, rank, batchId, createdAtMs, isReused }) {
      ranks[position] = rank;
      offsets[position] = offset;
      lengths[position] = length;
      createdAt[position] = createdAtMs;
      reused[position] = isReused ? 1 : 0;
      // Results arrive batch by batch, or nearly so.
      const known = batchIds.lastIndexOf(batchId);
      batches[position] = known === -1 ? batchIds.push(batchId) - 1 : known;
    },
    rank: (position) => (ranks[position] ?? 0) as AnswerRank,
    request(position) {
      const [offset, end] = [starts?.at(position), starts?.at(position + 1)];
      return offset === undefined || end === undefined ? undefined : { offset, length: end - offset - 1 };
    },
    source(position) {
      const place = requests?.places.at(position);
      const file = place && requests?.files[place.file];
      return place && file && { file: file.name, line: place.line };
    },
    result(position) {
      const length = lengths[position] ?? 0;
      return length === 0 ? undefined : { offset: offsets[position] ?? 0, length };
    },
    batchId: (position) => ((lengths[position] ?? 0) === 0 ? undefined : batchIds[batches[position] ?? 0]),
    isReused: (position) => reused[position] === 1,
    pricing: (position) => ({ prices, at: createdAt[position] ?? Number.NaN }),
  };
}
