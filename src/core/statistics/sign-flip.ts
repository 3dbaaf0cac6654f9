import { normalCdf } from './normal.ts';

/** Largest sum of differences whose distribution is computed exactly; beyond it, the normal approximation is off by less than 0.001. */
const MAX_EXACT = 200_000;

/** Probabilities below this are skipped, so that 100,000 cases take a second instead of a minute. */
const NEGLIGIBLE = 1e-40;

/**
 * One-sided sign-flip test: how often the sum is at most this one if each difference (now minus before, in whole numbers) is equally
 * likely to be a rise or a fall of its size. A sum of exactly this one counts half. 1 if nothing changed. With differences of 1 and −1 it
 * equals McNemar's mid-p.
 */
export function signFlip(differences: readonly number[]): number {
  const sizes = differences.map(Math.abs).filter((size) => size > 0);
  if (sizes.length === 0) return 1;
  const sum = differences.reduce((total, one) => total + one, 0);
  const span = sizes.reduce((total, one) => total + one, 0);
  if (span > MAX_EXACT) return normalCdf(sum / Math.sqrt(sizes.reduce((total, one) => total + one * one, 0)));

  // The probability that the rises add up to `at`; the sum is then twice that minus `span`.
  const rises = distributionOfRises(sizes, span);
  const observed = (sum + span) / 2;
  let below = 0;
  for (let at = 0; at < observed; at += 1) below += rises[at] ?? 0;
  return below + (rises[observed] ?? 0) / 2;
}

function distributionOfRises(sizes: readonly number[], span: number): Float64Array {
  const rises = new Float64Array(span + 1);
  rises[0] = 1;
  let [low, high] = [0, 0];
  for (const size of sizes) {
    high += size;
    for (let at = high; at >= low; at -= 1) {
      rises[at] = ((rises[at] ?? 0) + (at - size < low ? 0 : (rises[at - size] ?? 0))) / 2;
    }
    while ((rises[low] ?? 1) < NEGLIGIBLE) rises[low++] = 0;
    while ((rises[high] ?? 1) < NEGLIGIBLE) rises[high--] = 0;
  }
  return rises;
}
