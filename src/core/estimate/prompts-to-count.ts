import type { Sequence } from '../text/sequence.ts';
import type { RequestStat } from './request-stat.ts';

/** Most prompts to count: enough for about a percent if prompts are alike, few enough for any rate limit. */
const MAX_PROMPTS = 40;

/** The positions of one model's requests, ascending, and the sum of their weights. */
interface Stratum {
  readonly positions: Uint32Array;
  readonly total: number;
}

interface Weighable {
  readonly requests: Sequence<Pick<RequestStat, 'model' | 'weight'>>;
}

/**
 * Chooses the positions of at most `most` requests to count, ascending and deterministic. All of them if there are no more. Otherwise
 * each model gets at least one (the heaviest models, if there are more than `most`) and the rest by its weight. Within a model they are
 * spread evenly over the weight, so a longer prompt is more likely to be chosen; the longest is always included, and so is each that
 * outweighs its share. A request without a model cannot be counted.
 */
export function choosePrompts(stats: Weighable, most: number = MAX_PROMPTS): readonly number[] {
  const all = strataOf(stats);
  const count = all.reduce((sum, { positions }) => sum + positions.length, 0);
  if (count <= most) return all.flatMap(({ positions }) => [...positions]).sort((a, b) => a - b);
  const strata = all.sort((a, b) => b.total - a.total).slice(0, most);
  const shares = shareOut(strata, most);
  const weights = weightsOf(stats);
  return strata.flatMap((stratum, at) => spread(stratum, weights, shares[at] ?? 0)).sort((a, b) => a - b);
}

/** By position. */
function weightsOf({ requests }: Weighable): Float64Array {
  // `from` would first make a list of all requests.
  const weights = new Float64Array(requests.length);
  let position = 0;
  for (const { weight } of requests) weights[position++] = weight;
  return weights;
}

/** By model, in order of first appearance. */
function strataOf({ requests }: Weighable): Stratum[] {
  const sums = new Map<string, { count: number; total: number }>();
  for (const { model, weight } of requests) {
    if (model === undefined) continue;
    const sum = sums.get(model);
    if (sum === undefined) sums.set(model, { count: 1, total: weight });
    else {
      sum.count += 1;
      sum.total += weight;
    }
  }
  const strata = new Map(
    Array.from(sums, ([model, { count, total }]) => [model, { positions: new Uint32Array(count), total, filled: 0 }]),
  );
  let position = 0;
  for (const { model } of requests) {
    const stratum = model === undefined ? undefined : strata.get(model);
    if (stratum !== undefined) stratum.positions[stratum.filled++] = position;
    position += 1;
  }
  return [...strata.values()];
}

/** Gives each stratum one, then the rest one by one to whichever is furthest below its share by weight. */
function shareOut(strata: readonly Stratum[], most: number): number[] {
  const shares = strata.map(() => 1);
  for (let left = most - strata.length; left > 0; left -= 1) {
    const needs = strata.map(({ total, positions }, at) => {
      const share = shares[at] ?? 0;
      return share < positions.length ? total / share : 0;
    });
    const next = needs.indexOf(Math.max(...needs));
    shares[next] = (shares[next] ?? 0) + 1;
  }
  return shares;
}

/** Equal weights stay in the order of their positions. */
function heaviestFirst(positions: Uint32Array, weightOf: (position: number) => number): Uint32Array {
  const count = positions.length;
  let most = 0;
  for (const position of positions) most = Math.max(most, weightOf(position));
  if (most * count > Number.MAX_SAFE_INTEGER) return positions.toSorted((a, b) => weightOf(b) - weightOf(a));
  // Sorting numbers that combine weight and index is many times faster than sorting with a comparator.
  const keys = new Float64Array(count);
  for (let index = 0; index < count; index += 1) keys[index] = (most - weightOf(positions[index] ?? 0)) * count + index;
  const sorted = new Uint32Array(count);
  let filled = 0;
  for (const key of keys.sort()) sorted[filled++] = positions[key % count] ?? 0;
  return sorted;
}

/** Chooses the positions of `size` requests of a stratum, spread over its weight. */
function spread({ positions, total }: Stratum, weights: Float64Array, size: number): number[] {
  const weightOf = (position: number): number => weights[position] ?? 0;
  const sorted = heaviestFirst(positions, weightOf);
  const chosen: number[] = [];
  let left = total;
  for (const position of sorted.subarray(0, size)) {
    const weight = weightOf(position);
    if (chosen.length > 0 && weight * (size - chosen.length) < left) break;
    chosen.push(position);
    left -= weight;
  }
  const step = left / Math.max(1, size - chosen.length);
  // Each of the rest is lighter than a step, so none is hit twice.
  let passed = 0;
  let target = step / 2;
  for (const position of sorted.subarray(chosen.length)) {
    if (chosen.length === size) break;
    passed += weightOf(position);
    if (passed < target) continue;
    chosen.push(position);
    target += step;
  }
  return chosen;
}
