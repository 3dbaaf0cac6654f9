import type { GradeName } from '../src/core/messages/outcome-names.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { rankOf } from '../src/core/results/whole-answer.ts';
import { answersOf, type ListedCase } from './listed-case.ts';

type Found = CaseRecord | ListedCase;

/** Whether the grades say this of a case; of requests without asserts they say nothing. */
export const GRADE_TESTS: Readonly<Record<GradeName, (found: Found) => boolean>> = {
  broken: ({ grade }) => grade?.case.change === 'broken',
  failing: ({ grade }) => grade?.case.outcome === 'fail',
  ungraded: ({ grade }) => grade?.case.outcome === 'ungraded',
  flaky: (found) => found.grade?.case.outcome !== 'ungraded' && hasAnswer(found, 'pass') && hasAnswer(found, 'fail'),
  fixed: ({ grade }) => grade?.case.change === 'fixed',
  passing: ({ grade }) => grade?.case.outcome === 'pass',
  required: ({ grade }) => grade?.case.required === true,
};

export function hasGrades(cases: readonly CaseRecord[]): boolean {
  return cases.some(({ grade }) => grade !== undefined);
}

/** How soon a case is to be seen: required and failing, which alone fails the run, broken, failing, ungraded, incomplete, fixed, the rest. */
export function urgencyOf(found: Found): number {
  const { grade } = found;
  const rank = rankOf(found);
  if (grade === undefined) return [2, 3, 5][rank] ?? 5;
  if (grade.case.required && grade.case.outcome === 'fail') return -1;
  if (grade.case.change === 'broken') return 0;
  if (grade.case.outcome !== 'pass') return grade.case.outcome === 'fail' ? 1 : 2;
  if (GRADE_TESTS.flaky(found) || rank < 2) return 3;
  return grade.case.change === 'fixed' ? 4 : 5;
}

/** The mean over the graded answers; -1 where none is. */
export function scoreOf(found: Found): number {
  const scores = answersOf(found).flatMap(({ grade }) => grade?.score ?? []);
  return scores.length === 0 ? -1 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function hasAnswer(found: Found, outcome: string): boolean {
  return answersOf(found).some(({ grade }) => grade?.outcome === outcome);
}
