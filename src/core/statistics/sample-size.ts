import { normalQuantile } from './normal.ts';

/** How much pairs differ: of one answer each, both figures are the share of pairs that broke or were fixed. */
export interface Spread {
  /** Mean of the squared differences. */
  readonly meanSquare: number;
  /** Mean of their sizes: no drop can be larger. */
  readonly meanSize: number;
}

/** How sure a comparison is to be: the risk of a false alarm, and how often a true drop is found. */
export interface Certainty {
  readonly significance: number;
  readonly power: number;
}

/** The pairs that it takes to find a drop (Connor 1987, one-sided), not rounded; undefined if the pairs differ too little for it. */
export function pairsNeeded(drop: number, spread: Spread, certainty: Certainty): number | undefined {
  const { meanSquare } = spread;
  if (drop <= 0 || drop * drop > meanSquare) return undefined;
  const [alarm, find] = quantilesOf(certainty);
  return ((alarm * Math.sqrt(meanSquare) + find * Math.sqrt(meanSquare - drop * drop)) / drop) ** 2;
}

/** The drop that so many pairs find: `pairsNeeded` the other way round. Undefined if they are too few to find any. */
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
