import type { Span } from '../results/case-places.ts';

/** Where each case's line is in `grades.jsonl`. Columns of numbers, because there may be very many. */
export interface GradePlaces {
  /** The place of the case that the request at this position belongs to; undefined if it belongs to none. */
  grade(position: number): Span | undefined;
}

/** Places of `cases` lines for `requests` requests; each request has none until it is put. */
export function createGradePlaces(
  cases: number,
  requests: number,
): GradePlaces & { put(first: number, answers: number, span: Span): void } {
  const offsets = new Float64Array(cases);
  const lengths = new Uint32Array(cases);
  /** By position: the number of its case, from 1; 0 for none. */
  const caseOf = new Uint32Array(requests);
  let count = 0;
  return {
    put(first, answers, { offset, length }) {
      offsets[count] = offset;
      lengths[count] = length;
      count += 1;
      caseOf.fill(count, first, first + answers);
    },
    grade(position) {
      const index = (caseOf[position] ?? 0) - 1;
      const [offset, length] = [offsets[index], lengths[index]];
      return offset === undefined || length === undefined ? undefined : { offset, length };
    },
  };
}
