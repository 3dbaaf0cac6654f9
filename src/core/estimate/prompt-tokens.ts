import { type Density, mostTokensOf } from './density.ts';
import { flags, type Tally } from './tally.ts';

/** Tokens of one thing: the likely range and the most. Not whole until they are added up. */
export interface Tokens {
  low: number;
  point: number;
  high: number;
  upper: number;
}

/**
 * Tokens of the prompt at `position`: exact where it was counted, else by the density of its model. `window` is the most
 * the model takes, infinite where unknown: a longer prompt is refused and costs nothing, so that the low end of a counted one
 * is 0. Should the API take it after all, the other ends still hold it. Only what the bound adds to the likely range for
 * prompts that were not counted is cut at the window.
 */
export function promptTokensOf(
  position: number,
  tally: Tally,
  density: Density,
  counted: number | undefined,
  window: number,
): Tokens {
  if (counted !== undefined) {
    return { low: counted > window ? 0 : counted, point: counted, high: counted, upper: counted };
  }
  const weight = tally.weight[position] ?? 1;
  const contents = {
    weight,
    images: tally.images[position] ?? 0,
    documentBytes: tally.documentBytes[position] ?? 0,
    unseen: tally.unseen[position] ?? 0,
    hasTools: ((tally.flags[position] ?? 0) & flags.tools) !== 0,
  };
  const high = weight * density.high;
  return {
    low: weight * density.low > window ? 0 : weight * density.low,
    point: weight * density.point,
    high,
    upper: Math.max(high, Math.min(mostTokensOf(contents, density), window)),
  };
}
