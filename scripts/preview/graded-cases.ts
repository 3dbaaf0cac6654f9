import type { Outcome } from '../../src/core/asserts/finding.ts';
import type { PageAssert, PageCase, PageGrade } from '../../src/core/page/case.ts';
import type { RankedCase } from '../../src/core/page/choice.ts';
import type { SummaryGrading } from '../../src/core/summary/summary.ts';

/** How a case ends, and at most how many of the listed cases end that way. */
const KINDS = [
  ['broken', 'fail', 12],
  ['failing', 'fail', 10],
  ['ungraded', 'ungraded', 4],
  ['fixed', 'pass', 6],
] as const;

/** The same cases with grades that fit a summary, and a baseline's answers where it has one. */
export function gradeCases(cases: readonly PageCase[], grading: SummaryGrading): readonly PageCase[] {
  const { comparison, failed, ungraded, judge } = grading;
  const broken = comparison?.broken_ids ?? [];
  const fixed = comparison?.fixed_ids ?? [];
  const counts = { broken: broken.length, failing: failed - broken.length, ungraded, fixed: fixed.length };
  const kinds = KINDS.flatMap(([kind, outcome, most]) =>
    Array.from({ length: Math.max(0, Math.min(counts[kind], most)) }, (_, at) => ({
      outcome,
      change: kind === 'broken' || kind === 'fixed' ? kind : null,
      id: { broken, failing: [], ungraded: [], fixed }[kind][at],
    })),
  );
  return cases.map((found, at): PageCase => {
    const { outcome, change, id = found.id } = kinds[at] ?? { outcome: 'pass' as const, change: null };
    const grade = gradeOf(id, outcome, { change, isJudged: judge !== null, topic: TOPICS[at % TOPICS.length] ?? '' });
    const before = comparison === null || found.answer === null ? {} : { before: beforeOf(found, change !== null) };
    return { ...found, id, grade, ...before };
  });
}

/** For the choice of cases: each has one answer. */
export function ranksOf(cases: readonly PageCase[]): RankedCase[] {
  return cases.map(({ grade }) => {
    const { outcome, change } = grade?.case ?? { outcome: 'pass', change: null };
    const rank = outcome === 'fail' ? 'failing' : outcome === 'ungraded' ? 'ungraded' : 'other';
    return { rank: change ?? rank, answers: 1 };
  });
}

const TOPICS = ['ratios', 'money', 'time'];

function gradeOf(
  id: string,
  outcome: Outcome,
  { change, isJudged, topic }: { change: 'broken' | 'fixed' | null; isJudged: boolean; topic: string },
): PageGrade {
  const passes = outcome === 'pass';
  const score = outcome === 'ungraded' ? null : passes ? 1 : 0;
  const plain = { metric: null, outcome, score, weight: 1, judge: null, asserts: [] };
  const number: PageAssert = {
    ...{ ...plain, type: 'contains', metric: 'correct' },
    reason: passes
      ? 'found "A: 42"'
      : outcome === 'fail'
        ? 'did not find "A: 42"'
        : 'it took too long to check, so it is undecided',
  };
  const rubric: PageAssert = {
    ...{ ...plain, type: 'llm-rubric', metric: 'clarity', outcome: 'pass', score: 0.8 },
    reason: 'Each step follows from the one before, and the units are named.',
    judge: { model: 'claude-sonnet-5', prompt: 1 },
  };
  const asserts = isJudged ? [number, rubric] : [number];
  return {
    case: { id, outcome, change, required: false, metadata: [['topic', topic]] },
    outcome,
    score,
    asserts,
    asserts_left_out: 0,
    metrics: asserts.map(({ metric, score: own, outcome: ended }) => {
      return { metric: metric ?? '', score: own, passes: ended === 'pass' };
    }),
  };
}

function beforeOf({ model, stop_reason, answer }: PageCase, isOther: boolean): NonNullable<PageCase['before']> {
  const known = { outcome: 'succeeded', model, stop_reason, error: null } as const;
  if (!isOther) return { ...known, answer: null, is_same: true };
  const said = (answer ?? []).map((part) => ({
    ...part,
    text: part.text.replace('Start with what is given.', 'Read what is asked.').replaceAll(/A: \d+/g, 'A: 42'),
  }));
  return { ...known, answer: said };
}
