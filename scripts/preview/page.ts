import type { PageCase } from '../../src/core/page/case.ts';
import { type Choice, chooseCases } from '../../src/core/page/choice.ts';
import { pageHead, pageTail } from '../../src/core/page/page.ts';
import { createCasePrinter } from '../../src/core/page/print-case.ts';
import { rankOf } from '../../src/core/results/whole-answer.ts';
import type { Summary, SummaryGrading } from '../../src/core/summary/summary.ts';
import { casesOf } from './cases.ts';
import { gradeCases, ranksOf } from './graded-cases.ts';
import type { Sample } from './samples.ts';

/** The page of a sample with a few cases, as a whole HTML document; undefined if the run has none, because no results are in. */
export function pageOf({ summary, artifact }: Sample): string | undefined {
  if (summary === undefined || artifact === undefined) return undefined;
  const { grading } = summary;
  const cases = grading === null ? casesOf(summary) : gradeCases(casesOf(summary), grading);
  const choice = grading === null ? choiceOf(cases, summary) : gradedChoiceOf(cases, grading);
  const shown = choice.positions.flatMap((position) => cases[position] ?? []);
  const head = pageHead(summary, { choice, content: 'full', artifact });
  return [head, ...shown.map(createCasePrinter('full')), pageTail()].join('');
}

function gradedChoiceOf(
  cases: readonly PageCase[],
  { cases: total, failed, ungraded, required_failed, comparison }: SummaryGrading,
): Choice {
  const required = required_failed.length;
  const named = new Set(required_failed);
  const broken = (comparison?.broken ?? 0) - (comparison?.broken_ids.filter((id) => named.has(id)).length ?? 0);
  const failing = failed - broken - required;
  return { ...chooseCases(ranksOf(cases)), total, graded: { required, broken, failing, ungraded } };
}

/** What such a page says of all cases. */
function choiceOf(cases: readonly PageCase[], { requests, incomplete }: Summary): Choice {
  const total = requests.total ?? cases.length;
  return {
    ...chooseCases(cases.map(rankOf)),
    total,
    unanswered: total - (requests.succeeded ?? 0),
    incomplete: Object.values(incomplete ?? {}).reduce((sum: number, count: number) => sum + count, 0),
  };
}
