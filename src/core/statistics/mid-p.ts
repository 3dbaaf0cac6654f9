/** Probabilities closer than this count as equal: real ties occur, such as 0.03125 for 4 broken and none fixed. */
const TIE = 1e-12;

/** Whether a probability is at most the required significance. */
export function isSignificant(p: number, significance: number): boolean {
  return p <= significance + TIE;
}

/**
 * One-sided McNemar mid-p: how often at least as many of the changed pairs break if each is equally likely to break or to be fixed. The
 * observed outcome itself counts half. 1 if nothing changed.
 */
export function mcnemarMidP(broken: number, fixed: number): number {
  if (broken + fixed === 0) return 1;
  const { above, at } = fairCoin(broken + fixed, broken);
  return above + at / 2;
}

/** For `n` tosses of a fair coin: the probability of more than `k` heads, and of exactly `k`. */
export function fairCoin(n: number, k: number): { readonly above: number; readonly at: number } {
  let [total, above, at] = [0, 0, 0];
  // Weights are relative to the middle one, since 2⁻ⁿ underflows to 0 from n = 1,075 on.
  let weight = 1;
  for (let heads = Math.ceil(n / 2); heads <= n && weight > 0; heads += 1) {
    for (const either of heads * 2 === n ? [heads] : [heads, n - heads]) {
      total += weight;
      if (either > k) above += weight;
      if (either === k) at += weight;
    }
    weight *= (n - heads) / (heads + 1);
  }
  return { above: above / total, at: at / total };
}
