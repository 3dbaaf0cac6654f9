import { sha256 } from '../text/sha256.ts';

/** Notes are numbered within a run from 1 on; a matrix has at most 256 jobs. */
export const MAX_NUMBER = 256;
/** Numbers that are used first, and that a waker asks for in every round. */
export const FIRST_NUMBERS = 8;

/**
 * The numbers for this evaluation's notes, in the order in which to try and search them. Each evaluation has its own order, so that the
 * jobs of a large matrix neither wait for each other's numbers nor read each other's notes.
 */
export function numbersFor(evaluation: string): readonly number[] {
  const digest = Number.parseInt(sha256(evaluation).slice(0, 8), 16);
  const turn = (from: number, to: number): number[] => {
    const size = to - from + 1;
    return Array.from({ length: size }, (_, i) => from + ((digest + i) % size));
  };
  return [1, ...turn(2, FIRST_NUMBERS), ...turn(FIRST_NUMBERS + 1, MAX_NUMBER)];
}
