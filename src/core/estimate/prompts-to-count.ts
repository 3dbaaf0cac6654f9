import type { RequestStat } from './request-stats.ts';

/** How many prompts are counted at most: enough for about a percent where prompts are alike, few enough for any rate limit. */
const MAX_PROMPTS = 40;

/** A request by its position. */
interface Weighed {
  readonly position: number;
  readonly weight: number;
}

/** The requests of one model, and the sum of their weights. */
interface Stratum {
  readonly requests: readonly Weighed[];
  readonly total: number;
}

/**
 * Positions of at most `most` requests to count, ascending; deterministic. All of them if there are no more. Otherwise
 * each model has at least one (the heaviest models, if there are more than `most`) and the rest by its weight. Within a
 * model they are spread evenly over the weight, so that a prompt's chance grows with its length; the longest is always
 * included, and so is each that outweighs its share. A request without a model cannot be counted.
 */
export function choosePrompts(
  stats: { readonly requests: readonly Pick<RequestStat, 'model' | 'weight'>[] },
  most: number = MAX_PROMPTS,
): readonly number[] {
  const countable = stats.requests.flatMap(({ model, weight }, position) =>
    model === undefined ? [] : { model, weight, position },
  );
  if (countable.length <= most) return countable.map(({ position }) => position);
  const strata = [...Map.groupBy(countable, ({ model }) => model).values()]
    .map((requests): Stratum => ({ requests, total: requests.reduce((sum, { weight }) => sum + weight, 0) }))
    .sort((a, b) => b.total - a.total)
    .slice(0, most);
  const shares = shareOut(strata, most);
  return strata.flatMap((stratum, at) => spread(stratum, shares[at] ?? 0)).sort((a, b) => a - b);
}

/** One for each, the others one by one to whichever is furthest below its share by weight. */
function shareOut(strata: readonly Stratum[], most: number): number[] {
  const shares = strata.map(() => 1);
  for (let left = most - strata.length; left > 0; left -= 1) {
    const needs = strata.map(({ total, requests }, at) => {
      const share = shares[at] ?? 0;
      return share < requests.length ? total / share : 0;
    });
    const next = needs.indexOf(Math.max(...needs));
    shares[next] = (shares[next] ?? 0) + 1;
  }
  return shares;
}

/** The positions of `size` requests of a stratum, spread over its weight. */
function spread({ requests, total }: Stratum, size: number): number[] {
  const sorted = requests.toSorted((a, b) => b.weight - a.weight);
  const chosen: number[] = [];
  let left = total;
  for (const { position, weight } of sorted.slice(0, size)) {
    if (chosen.length > 0 && weight * (size - chosen.length) < left) break;
    chosen.push(position);
    left -= weight;
  }
  const step = left / Math.max(1, size - chosen.length);
  // Each of the rest is lighter than a step, so that none is met twice.
  let passed = 0;
  let target = step / 2;
  for (const { position, weight } of sorted.slice(chosen.length)) {
    if (chosen.length === size) break;
    passed += weight;
    if (passed < target) continue;
    chosen.push(position);
    target += step;
  }
  return chosen;
}
