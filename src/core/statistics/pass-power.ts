/** Chance that `k` answers, picked from `total` of which `passed` pass, all pass (`pass^k`). */
export function passPower(total: number, passed: number, k: number): number {
  let probability = 1;
  for (let picked = 0; picked < k; picked += 1) probability *= Math.max(0, passed - picked) / (total - picked);
  return probability;
}
