/** Two probabilities that lie within this of each other are the same: ties are real, such as 0.03125 for 4 broken and none fixed. */
const TIE = 1e-12;

/** Whether a probability is at most the significance that was asked for. */
export function isSignificant(p: number, significance: number): boolean {
  return p <= significance + TIE;
}

/**
 * One-sided McNemar mid-p: how often at least as many of the changed pairs break, if each of them is as likely to break as to be fixed.
 * An outcome as extreme as this one counts half. 1 where nothing changed.
 */
export function mcnemarMidP(broken: number, fixed: number): number {
  if (broken + fixed === 0) return 1;
  const { above, at } = fairCoin(broken + fixed, broken);
  return above + at / 2;
}

/** Of `n` throws of a fair coin: the probability of more than `k` heads, and of exactly `k`. */
export function fairCoin(n: number, k: number): { readonly above: number; readonly at: number } {
  let [total, above, at] = [0, 0, 0];
  // The weights are relative to the middle one, since 2⁻ⁿ is 0 as a number from n = 1,075 on.
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
