import { shareRoom } from './room.ts';

/** Shares a room out to cases that come one after another. */
export interface Shares {
  /** What the next case may take, in bytes. */
  next(): number;
  /** Takes off what the case took to which `next` gave last. */
  take(bytes: number): void;
}

/**
 * Shares `room` bytes out to cases of which is known about how much each wants, in their order. A case gets an equal share of
 * what is left in any case, and more where the others want less. What one does not take is left to those after it. Where those
 * before took more than was known, those after are thought to want as much more.
 */
export function createShares(wanted: readonly number[], room: number): Shares {
  const planned = shareRoom(
    wanted.map((length) => ({ length, rank: 0 })),
    room,
  );
  let left = room;
  const plannedOfAll = planned.reduce((sum, share) => sum + share, 0);
  let plannedSoFar = 0;
  let takenSoFar = 0;
  let place = 0;
  return {
    next() {
      const equal = left / Math.max(1, planned.length - place);
      const factor = Math.max(1, takenSoFar / Math.max(1, plannedSoFar));
      plannedSoFar += planned[place] ?? 0;
      place += 1;
      return Math.floor(Math.max(equal, left - factor * (plannedOfAll - plannedSoFar)));
    },
    take(bytes) {
      left = Math.max(0, left - bytes);
      takenSoFar += bytes;
    },
  };
}
