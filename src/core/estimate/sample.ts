import type { RequestStats } from './request-stats.ts';

/** How many prompts are counted at most: enough for about a percent where prompts are alike, few enough for any rate limit. */
const sampleSize = 40;

/**
 * Positions of at most `most` requests to count, ascending; the same for the same stats. All of them where there are no
 * more. Else each model has at least one (the heaviest models, where there are more models than `most`) and the rest by its
 * weight. Within a model they are spread evenly over the weight, so that a prompt's chance grows with its length; the
 * longest is always among them, and so is each that outweighs its share. A request without a model cannot be counted.
 */
export function chooseSample(
  stats: Pick<RequestStats, 'models' | 'model' | 'weight'>,
  most: number = sampleSize,
): readonly number[] {
  const strata = strataOf(stats);
  const countable = strata.reduce((sum, { positions }) => sum + positions.length, 0);
  if (countable <= most) return strata.flatMap(({ positions }) => positions).sort(ascending);
  const heaviest = strata.sort((a, b) => b.weight - a.weight || a.model - b.model).slice(0, most);
  const shares = shareOut(heaviest, most);
  return heaviest.flatMap((stratum, at) => spread(stratum, shares[at] ?? 0, stats.weight)).sort(ascending);
}

interface Stratum {
  readonly model: number;
  readonly positions: number[];
  weight: number;
}

function strataOf({ models, model, weight }: Pick<RequestStats, 'models' | 'model' | 'weight'>): Stratum[] {
  const strata = models.map((_, index): Stratum => ({ model: index, positions: [], weight: 0 }));
  for (const [position, index] of model.entries()) {
    const stratum = strata[index];
    if (stratum === undefined) continue;
    stratum.positions.push(position);
    stratum.weight += weight[position] ?? 0;
  }
  return strata.filter(({ positions }) => positions.length > 0);
}

/** One for each, the others one by one to whichever is furthest below its share by weight. */
function shareOut(strata: readonly Stratum[], most: number): number[] {
  const shares = strata.map(() => 1);
  for (let left = most - strata.length; left > 0; left -= 1) {
    let next = -1;
    let need = 0;
    for (const [at, { weight, positions }] of strata.entries()) {
      const share = shares[at] ?? 0;
      if (share < positions.length && weight / share > need) {
        need = weight / share;
        next = at;
      }
    }
    shares[next] = (shares[next] ?? 0) + 1;
  }
  return shares;
}

/** `size` positions of a stratum, spread over its weight. */
function spread({ positions, weight: total }: Stratum, size: number, weight: readonly number[]): number[] {
  const sorted = positions.toSorted((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b);
  const chosen: number[] = [];
  let left = total;
  let at = 0;
  for (let open = size; at < sorted.length && open > 0; at += 1, open -= 1) {
    const position = sorted[at] ?? 0;
    const own = weight[position] ?? 0;
    if (at > 0 && own * open < left) break;
    chosen.push(position);
    left -= own;
  }
  const step = left / Math.max(1, size - chosen.length);
  // Each of the rest is lighter than a step, so that none is met twice.
  let passed = 0;
  let target = step / 2;
  for (; at < sorted.length && chosen.length < size; at += 1) {
    const position = sorted[at] ?? 0;
    passed += weight[position] ?? 0;
    if (passed < target) continue;
    chosen.push(position);
    target += step;
  }
  return chosen;
}

function ascending(a: number, b: number): number {
  return a - b;
}
