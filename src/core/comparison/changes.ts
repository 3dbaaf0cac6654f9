import { undatedModel } from '../text/model-name.ts';
import type { Pair } from './pairs.ts';

/** The models of most pairs, if they differ from the baseline's. */
export interface ModelChange {
  readonly before: string;
  readonly now: string;
}

/** Undefined unless more than half of the pairs use a different model than in the baseline. */
export function findModelChange(pairs: readonly Pair[]): ModelChange | undefined {
  const counts = new Map<string, { change: ModelChange; count: number }>();
  let changed = 0;
  for (const { now, before } of pairs) {
    if (now.model === '' || before.model === '' || isSameModel(now.model, before.model)) continue;
    const change = { before: before.model, now: now.model };
    const key = JSON.stringify([change.before, change.now]);
    counts.set(key, { change, count: (counts.get(key)?.count ?? 0) + 1 });
    changed += 1;
  }
  if (changed * 2 <= pairs.length) return undefined;
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.change;
}

/** An alias and its dated name are one model; two dates are two. */
function isSameModel(one: string, other: string): boolean {
  return one === other || undatedModel(one) === other || one === undatedModel(other);
}

/** Mean score of a metric over the pairs that have it on both sides. Only informs; never decides. */
export interface ScoreChange {
  readonly metric: string;
  readonly pairs: number;
  readonly now: number;
  readonly before: number;
}

/** In the order in which the metrics occur. */
export function compareScores(pairs: readonly Pair[]): readonly ScoreChange[] {
  const sums = new Map<string, { pairs: number; now: number; before: number }>();
  for (const { now, before } of pairs) {
    for (const [metric, score] of now.scores) {
      const other = before.scores.get(metric);
      if (other === undefined) continue;
      const sum = sums.get(metric) ?? { pairs: 0, now: 0, before: 0 };
      sums.set(metric, { pairs: sum.pairs + 1, now: sum.now + score, before: sum.before + other });
    }
  }
  return Array.from(sums, ([metric, sum]) => ({
    metric,
    pairs: sum.pairs,
    now: sum.now / sum.pairs,
    before: sum.before / sum.pairs,
  }));
}
