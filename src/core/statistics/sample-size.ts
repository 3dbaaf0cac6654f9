import { normalQuantile } from './normal.ts';

/** How much pairs differ. With one answer each, both figures are the share of pairs that broke or were fixed. */
export interface Spread {
  /** Mean of the squared differences. */
  readonly meanSquare: number;
  /** Mean of their absolute values: no drop can be larger. */
  readonly meanSize: number;
}

/** Required certainty of a comparison: the risk of a false alarm, and how often to detect a real drop. */
export interface Certainty {
  readonly significance: number;
  readonly power: number;
}

/** Pairs needed to detect a drop (Connor 1987, one-sided), not rounded; undefined if the pairs differ too little for it. */
export function pairsNeeded(drop: number, spread: Spread, certainty: Certainty): number | undefined {
  const { meanSquare } = spread;
  if (drop <= 0 || drop * drop > meanSquare) return undefined;
  const [alarm, find] = quantilesOf(certainty);
  return ((alarm * Math.sqrt(meanSquare) + find * Math.sqrt(meanSquare - drop * drop)) / drop) ** 2;
}

/** The drop that this many pairs detect, the inverse of `pairsNeeded`. Undefined if they are too few to detect any. */
export function findableDrop(pairs: number, spread: Spread, certainty: Certainty): number | undefined {
  const { meanSquare, meanSize } = spread;
  const [alarm, find] = quantilesOf(certainty);
  const rest = pairs - alarm * alarm + find * find;
  if (rest < 0) return undefined;
  const drop = (Math.sqrt(meanSquare) * (alarm * Math.sqrt(pairs) + find * Math.sqrt(rest))) / (pairs + find * find);
  return drop < meanSize ? drop : undefined;
}

function quantilesOf({ significance, power }: Certainty): [number, number] {
  return [normalQuantile(1 - significance), normalQuantile(power)];
}
