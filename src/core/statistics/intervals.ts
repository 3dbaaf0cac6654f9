/** The quantile for a two-sided 95 % interval. */
const Z = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's 95 % interval for a share: `passed` of `total`, where `passed` may be a mean share times the total. */
export function wilson(passed: number, total: number): Interval {
  const share = passed / total;
  const middle = share + (Z * Z) / (2 * total);
  const half = Z * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
  const scale = 1 + (Z * Z) / total;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}

/** Pairs by the outcome of their two sides; in `onlyFirst`, only `first` passed. */
export interface PairCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** Newcombe's 95 % interval for the first share minus the second, in pairs, with the corrected φ. */
export function newcombePaired(counts: PairCounts): Interval {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const total = both + onlyFirst + onlySecond + neither;
  const [first, second] = [(both + onlyFirst) / total, (both + onlySecond) / total];
  const [one, two] = [wilson(both + onlyFirst, total), wilson(both + onlySecond, total)];
  const phi = correctedPhi(counts, total);
  const reach = (down: number, up: number) => Math.sqrt(down * down - 2 * phi * down * up + up * up);
  const difference = first - second;
  return {
    low: Math.max(-1, difference - reach(first - one.low, two.high - second)),
    high: Math.min(1, difference + reach(one.high - first, second - two.low)),
  };
}

function correctedPhi({ both, onlyFirst, onlySecond, neither }: PairCounts, total: number): number {
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  const product = both * neither - onlyFirst * onlySecond;
  const corrected = product < 0 ? product : Math.max(0, product - total / 2);
  return margins === 0 ? 0 : corrected / Math.sqrt(margins);
}
