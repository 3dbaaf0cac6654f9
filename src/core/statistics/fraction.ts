/** An exact share or difference; the denominator is above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The least common multiple of these numbers; each is at least 1. */
export function leastCommonMultiple(numbers: Iterable<number>): bigint {
  let multiple = 1n;
  for (const number of numbers) multiple = (multiple / divisorOf(multiple, BigInt(number))) * BigInt(number);
  return multiple;
}

function divisorOf(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisorOf(b, a % b);
}

export function toNumber({ numerator, denominator }: Fraction): number {
  return Number(numerator) / Number(denominator);
}

/** A share as percent or points with this many decimals, rounded half away from zero: `87.67`, `-0.40`, never `-0.00`. */
export function printPercent({ numerator, denominator }: Fraction, decimals: number): string {
  const size = numerator < 0n ? -numerator : numerator;
  const scaled = size * 100n * 10n ** BigInt(decimals);
  const rounded = (2n * scaled + denominator) / (2n * denominator);
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = numerator < 0n && rounded > 0n ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** Whether a share is above a limit in millionths of a percent. */
export function exceeds({ numerator, denominator }: Fraction, microPercent: number): boolean {
  return numerator * 100_000_000n > BigInt(microPercent) * denominator;
}

/** A probability as a plain decimal with six significant digits: `0.0173448`, `0.00000163332`. 0 below 10⁻⁹⁰. */
export function printProbability(p: number): string {
  if (p < 1e-90) return '0';
  const exponent = Number(p.toExponential(5).split('e')[1]);
  return p.toFixed(5 - exponent);
}
