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
 * the model takes: a longer prompt is refused and costs nothing.
 */
export function promptTokensOf(
  position: number,
  tally: Tally,
  density: Density,
  counted: number | undefined,
  window: number,
): Tokens {
  if (counted !== undefined) {
    const most = Math.min(counted, window);
    return { low: counted > window ? 0 : counted, point: most, high: most, upper: most };
  }
  const weight = tally.weight[position] ?? 1;
  const contents = {
    weight,
    images: tally.images[position] ?? 0,
    documentBytes: tally.documentBytes[position] ?? 0,
    unseen: tally.unseen[position] ?? 0,
    hasTools: ((tally.flags[position] ?? 0) & flags.tools) !== 0,
  };
  const high = Math.min(weight * density.high, window);
  return {
    low: Math.min(weight * density.low, window),
    point: Math.min(weight * density.point, window),
    high,
    upper: Math.max(high, Math.min(mostTokensOf(contents, density), window)),
  };
}
