import type { AssertResult, Outcome } from './finding.ts';

/** Sums of floats are not exact: one third plus two thirds must reach 1. */
const TOLERANCE = 1e-9;

/** The joint outcome of several results, and their weighted mean; undefined if nothing with weight is graded. */
export interface Combined {
  readonly outcome: Outcome;
  readonly score: number | undefined;
}

/**
 * Without a threshold, every result with weight must pass; with one, the weighted mean of the scores must reach it. Ungraded only if the
 * ungraded results could still change the outcome.
 */
export function combine(
  results: readonly Pick<AssertResult, 'outcome' | 'score' | 'weight'>[],
  threshold: number | undefined,
): Combined {
  let allWeight = 0;
  let gradedWeight = 0;
  let points = 0;
  let isComplete = true;
  let hasFailed = false;
  for (const { outcome, weight, score } of results) {
    if (weight <= 0) continue;
    allWeight += weight;
    if (outcome === 'ungraded') isComplete = false;
    else {
      gradedWeight += weight;
      points += weight * (score ?? 0);
      hasFailed ||= outcome === 'fail';
    }
  }
  const score = gradedWeight === 0 ? undefined : points / gradedWeight;
  if (threshold === undefined) return { outcome: hasFailed ? 'fail' : isComplete ? 'pass' : 'ungraded', score };
  const least = allWeight === 0 ? 1 : points / allWeight;
  if (least >= threshold - TOLERANCE) return { outcome: 'pass', score };
  const most = least + (allWeight - gradedWeight) / allWeight;
  return { outcome: isComplete || most < threshold - TOLERANCE ? 'fail' : 'ungraded', score };
}
