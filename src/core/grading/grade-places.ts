import type { Span } from '../results/case-places.ts';

/** Where the lines of cases are in `grades.jsonl`. Columns of numbers, because there may be very many. */
export interface GradePlaces {
  /** By position of a request: of its case; undefined if it is none. */
  grade(position: number): Span | undefined;
}

/** Places of `cases` lines for `requests` requests; each request has none until it is put. */
export function createGradePlaces(
  cases: number,
  requests: number,
): GradePlaces & { put(first: number, answers: number, span: Span): void } {
  const offsets = new Float64Array(cases);
  const lengths = new Uint32Array(cases);
  /** By position: which case it is, from 1; 0 for none. */
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
