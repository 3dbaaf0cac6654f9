import type { AssertResult, Outcome } from '../asserts/finding.ts';
import type { GradedAnswer } from '../grading/grade-answer.ts';
import { type GradedCase, metricScores } from '../grading/grade-case.ts';
import { printAssertReason } from '../messages/asserts.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import type { PageAssert, PageGrade, PageMetric } from './case.ts';

/** Most asserts of an answer on the page, including those in sets; asserts that do not pass come first. */
const MAX_ASSERTS = 60;
/** Most metrics of an answer on the page; shown even without room for asserts. */
const MAX_METRICS = 30;
/** Most metadata of a case on the page. */
const MAX_METADATA = 20;
const MAX_VALUE = 100;

/** IDs of the cases that changed from the baseline. */
export interface Changes {
  readonly broken: ReadonlySet<string>;
  readonly fixed: ReadonlySet<string>;
}

export function changeOf(id: string, { broken, fixed }: Changes): 'broken' | 'fixed' | null {
  if (broken.has(id)) return 'broken';
  return fixed.has(id) ? 'fixed' : null;
}

/** The grade of the answer with this custom ID, as a page shows it; undefined if the case has no such answer. */
export function pageGradeOf(found: GradedCase, customId: string, changes: Changes): PageGrade | undefined {
  const answer = found.answers.find((one) => one.customId === customId);
  if (answer === undefined) return undefined;
  const { outcome, score, results } = answer;
  const asserts = takeAsserts(results);
  return {
    case: {
      id: found.customId,
      outcome: found.outcome,
      change: changeOf(found.customId, changes),
      required: found.required,
      metadata: Array.from(found.metadata)
        .slice(0, MAX_METADATA)
        .map(([key, value]) => [
          toPlainLine(key, MAX_VALUE),
          typeof value === 'string' ? toPlainLine(value, MAX_VALUE) : value,
        ]),
    },
    outcome,
    score: score ?? null,
    asserts,
    asserts_left_out: countOf(results) - countOf(asserts),
    metrics: metricsOf(answer),
  };
}

/** The same without the bulky parts: the page holds texts only of a limited number of cases. */
export function withoutAsserts(grade: PageGrade): PageGrade {
  return { ...grade, asserts: [], asserts_left_out: countOf(grade.asserts) + grade.asserts_left_out };
}

export function withoutReasons(grade: PageGrade): PageGrade {
  const bare = (one: PageAssert): PageAssert => ({ ...one, reason: '', asserts: one.asserts.map(bare) });
  return { ...grade, asserts: grade.asserts.map(bare) };
}

type Nested = { readonly asserts?: readonly Nested[]; readonly results?: readonly Nested[] | undefined };

function countOf(asserts: readonly Nested[]): number {
  return asserts.reduce((sum, { asserts: own, results }) => sum + 1 + countOf(own ?? results ?? []), 0);
}

/** As many as fit, in order. */
function takeAsserts(results: readonly AssertResult[]): PageAssert[] {
  if (countOf(results) <= MAX_ASSERTS) return results.map(readAssert);
  const flat = results.map((result, index) => ({ result, index }));
  const pressing = [...flat].sort((one, other) => rankOf(one.result) - rankOf(other.result) || one.index - other.index);
  let room = MAX_ASSERTS;
  const taken = pressing.filter(({ result }) => {
    const size = countOf([result]);
    if (size > room) return false;
    room -= size;
    return true;
  });
  return taken.sort((one, other) => one.index - other.index).map(({ result }) => readAssert(result));
}

const RANKS: Readonly<Record<Outcome, number>> = { fail: 0, ungraded: 1, pass: 2 };

function rankOf({ outcome }: AssertResult): number {
  return RANKS[outcome];
}

function readAssert({ type, metric, outcome, score, weight, reason, judge, results }: AssertResult): PageAssert {
  return {
    type,
    metric: metric ?? null,
    outcome,
    score: score ?? null,
    weight,
    reason: printAssertReason(reason),
    judge: judge === undefined ? null : { model: judge.model, prompt: judge.prompt },
    asserts: (results ?? []).map(readAssert),
  };
}

function metricsOf(answer: GradedAnswer): PageMetric[] {
  const scores = metricScores([answer]);
  const passes = new Map<string, boolean>();
  const note = ({ metric, outcome, results }: AssertResult): void => {
    if (metric !== undefined) passes.set(metric, (passes.get(metric) ?? true) && outcome === 'pass');
    results?.forEach(note);
  };
  answer.results.forEach(note);
  return Array.from(passes)
    .slice(0, MAX_METRICS)
    .map(([metric, isPassed]) => ({ metric, score: scores.get(metric) ?? null, passes: isPassed }));
}
