import type { AssertResult, Outcome } from './finding.ts';

/** Sums of decimals are not exact: one third and two thirds reach 1. */
const TOLERANCE = 1e-9;

/** What results are worth together, and their weighted mean, undefined where none that counts is graded. */
export interface Combined {
  readonly outcome: Outcome;
  readonly score: number | undefined;
}

/**
 * Without a threshold all pass that have a weight; with one, the weighted mean of the scores reaches it. Ungraded only where
 * what is ungraded could still change the outcome.
 */
export function combine(
  results: readonly Pick<AssertResult, 'outcome' | 'score' | 'weight'>[],
  threshold: number | undefined,
): Combined {
  const counted = results.filter(({ weight }) => weight > 0);
  const graded = counted.filter(({ outcome }) => outcome !== 'ungraded');
  const weightOf = (list: typeof counted): number => list.reduce((sum, { weight }) => sum + weight, 0);
  const gradedWeight = weightOf(graded);
  const points = graded.reduce((sum, { weight, score }) => sum + weight * (score ?? 0), 0);
  const score = gradedWeight === 0 ? undefined : points / gradedWeight;
  const isComplete = graded.length === counted.length;
  if (threshold === undefined) {
    if (graded.some(({ outcome }) => outcome === 'fail')) return { outcome: 'fail', score };
    return { outcome: isComplete ? 'pass' : 'ungraded', score };
  }
  const allWeight = weightOf(counted);
  const least = allWeight === 0 ? 1 : points / allWeight;
  if (least >= threshold - TOLERANCE) return { outcome: 'pass', score };
  const most = least + (allWeight - gradedWeight) / allWeight;
  return { outcome: isComplete || most < threshold - TOLERANCE ? 'fail' : 'ungraded', score };
}
