import type { AssertResult } from '../asserts/finding.ts';
import { countAnswers, type GradedCase, passAllOf } from '../grading/grade-case.ts';
import type { ComparedCase } from './case.ts';
import type { GradedRun } from './graded-run.ts';
import { createLabelRows } from './label-rows.ts';
import { createTally } from './tally.ts';

/** Figures over all cases of a run, independent of any baseline. */
export type Roundup = Pick<GradedRun, 'tally' | 'passPower' | 'metrics' | 'labels' | 'contradictions' | 'model'>;

/** Most names of metrics and models to keep, since users write them. */
const MAX_NAMES = 100;

/** Adds up graded cases one by one without keeping them. `repeats`: requested answers per case. */
export function createRoundup(repeats: number): {
  add(graded: GradedCase, compared: ComparedCase): void;
  end(): Roundup;
} {
  const tally = createTally();
  const labels = createLabelRows();
  const metrics = new Map<string, { cases: number; sum: number }>();
  const models = new Map<string, number>();
  const powers = Array.from({ length: Math.max(0, repeats - 1) }, (_, at) => ({ k: at + 2, cases: 0, sum: 0 }));
  let contradictions = 0;

  return {
    add(graded, compared) {
      tally.add(compared);
      labels.add(graded.metadata, compared);
      for (const [metric, score] of compared.scores) {
        const mean = metrics.get(metric) ?? { cases: 0, sum: 0 };
        if (metrics.size >= MAX_NAMES && !metrics.has(metric)) continue;
        metrics.set(metric, { cases: mean.cases + 1, sum: mean.sum + score });
      }
      const { model } = graded;
      if (models.size < MAX_NAMES || models.has(model)) models.set(model, (models.get(model) ?? 0) + 1);
      for (const answer of graded.answers) contradictions += countContradictions(answer.results);
      if (powers.length === 0) return;
      const counts = countAnswers(graded.answers);
      // Every k uses the same cases; otherwise the figure could rise with k.
      if (counts.passed + counts.failed < repeats) return;
      for (const power of powers) {
        const share = passAllOf(power.k, counts);
        if (share === undefined) continue;
        power.cases += 1;
        power.sum += share;
      }
    },
    end: () => ({
      tally: tally.end(),
      passPower: powers.flatMap(({ k, cases, sum }) => (cases === 0 ? [] : { k, share: sum / cases })),
      metrics: Array.from(metrics, ([metric, { cases, sum }]) => ({ metric, cases, mean: sum / cases })),
      labels: labels.end(),
      contradictions,
      model: [...models].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '',
    }),
  };
}

function countContradictions(results: readonly AssertResult[]): number {
  let count = 0;
  for (const { isContradictory, results: inner } of results) {
    if (isContradictory === true) count += 1;
    if (inner !== undefined) count += countContradictions(inner);
  }
  return count;
}
