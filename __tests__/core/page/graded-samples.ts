import type { PageAssert, PageBefore, PageCase, PageGrade } from '../../../src/core/page/case.ts';
import type { CaseRank, RankedCase } from '../../../src/core/page/choice.ts';
import { rankOf } from '../../../src/core/results/whole-answer.ts';
import type { Summary, SummaryGrading } from '../../../src/core/summary/summary.ts';
import { type Changed, caseOf, said, summary } from './samples.ts';

/** An assert that passes, with some of it changed. */
export function assertOf(changed: Partial<PageAssert> = {}): PageAssert {
  const outcome = changed.outcome ?? 'pass';
  return {
    type: 'contains',
    metric: null,
    outcome,
    score: outcome === 'ungraded' ? null : outcome === 'pass' ? 1 : 0,
    weight: 1,
    reason: outcome === 'pass' ? 'found "14 days"' : 'did not find "14 days"',
    judge: null,
    asserts: [],
    ...changed,
  };
}

/** How an answer of the case was graded: by one assert that ended alike, with some of it changed. */
export function gradeOf(
  id: string,
  { case: ofCase, ...changed }: Partial<Omit<PageGrade, 'case'>> & { readonly case?: Partial<PageGrade['case']> } = {},
): PageGrade {
  const outcome = changed.outcome ?? ofCase?.outcome ?? 'pass';
  const asserts = changed.asserts ?? [assertOf({ outcome })];
  return {
    case: { id, outcome, change: null, required: false, metadata: [], ...ofCase },
    outcome,
    score: outcome === 'ungraded' ? null : outcome === 'pass' ? 1 : 0,
    asserts,
    asserts_left_out: 0,
    metrics: asserts.flatMap(({ metric, score, outcome: own }) =>
      metric === null ? [] : { metric, score, passes: own === 'pass' },
    ),
    ...changed,
  };
}

export function beforeOf(text: string, changed: Partial<PageBefore> = {}): PageBefore {
  return {
    outcome: 'succeeded',
    model: 'claude-opus-5',
    stop_reason: 'end_turn',
    error: null,
    answer: [said(undefined, text)],
    ...changed,
  };
}

/** A case with this answer of the baseline. */
export function gradedOf(position: number, grade: PageGrade, changed: Changed = {}): PageCase {
  return { ...caseOf(position, { id: grade.case.id, ...changed }), grade };
}

/** Cases as a page takes them that lists all. */
export function rankedOf(cases: readonly PageCase[]): RankedCase[] {
  const groups = Map.groupBy(cases, ({ id, grade }) => grade?.case.id ?? id);
  return Array.from(groups.values(), (answers) => ({ rank: caseRankOf(answers[0]), answers: answers.length }));
}

function caseRankOf(found: PageCase | undefined): CaseRank {
  const { outcome, change, required } = found?.grade?.case ?? {};
  if (found === undefined || outcome === undefined) return found && rankOf(found) < 2 ? 'unanswered' : 'other';
  if (required && outcome === 'fail') return 'required';
  if (change === 'broken') return 'broken';
  return outcome === 'fail' ? 'failing' : outcome === 'ungraded' ? 'ungraded' : 'other';
}

const JUDGE = { model: 'claude-opus-5', prompt: 1 };

const QUESTION =
  'I bought a kettle nine days ago and it is the wrong colour. Can I send it back, and who pays for that?';
const NOW =
  'Yes, you can return the kettle within 30 days.\n\nYou pay for the parcel; we refund the price to your card within 5 days of receiving it.';
const BEFORE =
  'Yes, you can return the kettle within 14 days.\n\nWe pay for the parcel and refund the price to your card within 5 days of receiving it.';

/** Cases of all kinds, the first ones each with a name that says which. */
export function gradedCases(): PageCase[] {
  const kinds: readonly PageCase[] = [
    {
      ...gradedOf(
        0,
        gradeOf('refund-broken', {
          outcome: 'fail',
          score: 0.4,
          case: {
            change: 'broken',
            required: true,
            metadata: [
              ['topic', 'refunds'],
              ['lang', 'en'],
            ],
          },
          asserts: [
            assertOf({ outcome: 'fail' }),
            assertOf({
              type: 'llm-rubric',
              metric: 'tone',
              outcome: 'fail',
              score: 0.2,
              weight: 2,
              reason: 'The answer tells the customer to pay for the parcel, which the rubric forbids.',
              judge: JUDGE,
            }),
            assertOf({
              type: 'assert-set',
              metric: 'facts',
              outcome: 'pass',
              score: 0.5,
              reason: 'score 0.50 of 0.50',
              asserts: [
                assertOf({ type: 'icontains', reason: 'found "kettle"' }),
                assertOf({ type: 'not-regex', outcome: 'fail', reason: 'the pattern matches "5 days"' }),
              ],
            }),
          ],
        }),
        { prompt: QUESTION, answer: NOW },
      ),
      before: beforeOf(BEFORE, { model: 'claude-opus-4-8' }),
    },
    {
      ...gradedOf(1, gradeOf('refund-fixed', { case: { change: 'fixed', metadata: [['topic', 'refunds']] } })),
      before: beforeOf('I cannot help with that.'),
    },
    gradedOf(2, gradeOf('delivery-failing', { outcome: 'fail', case: { metadata: [['topic', 'delivery']] } }), {
      stop_reason: 'max_tokens',
    }),
    {
      ...gradedOf(3, gradeOf('delivery-same', { case: { metadata: [['topic', 'delivery']] } })),
      before: beforeOf('', { is_same: true, answer: null }),
    },
    gradedOf(
      4,
      gradeOf('errored-ungraded', { outcome: 'ungraded', asserts: [], case: { metadata: [['topic', 'delivery']] } }),
      {
        outcome: 'errored',
        error: { type: 'api_error', message: 'Internal server error' },
        answer: null,
        tokens: null,
        usd: null,
        stop_reason: null,
      },
    ),
    ...(['pass', 'fail', 'pass'] as const).map((outcome, index) =>
      gradedOf(
        5 + index,
        gradeOf('flaky', {
          outcome,
          asserts: [assertOf({ outcome, metric: 'facts' })],
          case: { outcome: 'fail', metadata: [['topic', 'refunds']] },
        }),
        { id: `flaky-r${index + 1}`, answer: `This is answer ${index + 1}.` },
      ),
    ),
  ];
  const rest = Array.from({ length: 22 }, (_, index) =>
    gradedOf(
      8 + index,
      gradeOf(`plain-${index}`, {
        asserts: [assertOf({ metric: 'facts' })],
        case: { metadata: [['topic', index % 2 === 0 ? 'refunds' : 'delivery']] },
      }),
    ),
  );
  return [...kinds, ...rest];
}

/** What the grades of these cases say. */
export const grading: SummaryGrading = {
  verdict: 'fail',
  because: { code: 'fell', rate: null, drop: '3.6' },
  reason:
    'The pass rate fell by 3.57 points; 2 points are allowed, and a run that is no worse looks like this about 6 times in 1,000.',
  gates: { min_pass_rate: null, max_drop: 2, significance: 0.05, max_ungraded: 10 },
  cases: 28,
  passed: 24,
  failed: 3,
  ungraded: 1,
  undecided: 0,
  flaky: 1,
  repeats: 1,
  pass_rate: '88.89',
  interval: { low: '71.94', high: '96.15' },
  pass_power: [],
  required_ungraded: [],
  required_failed: ['refund-broken'],
  metrics: [
    { metric: 'facts', cases: 24, mean: 0.979, compared: { pairs: 24, now: 0.979, before: 1 } },
    { metric: 'tone', cases: 1, mean: 0.2, compared: null },
  ],
  labels: [
    { key: 'topic', value: 'refunds', cases: 14, graded: 14, pass_rate: '85.71' },
    { key: 'topic', value: 'delivery', cases: 14, graded: 13, pass_rate: '92.31' },
  ],
  judge: {
    ...JUDGE,
    ...{ usd: '0.012000', lower_bound: false, unpriced: 0 },
    batches: [],
    judgements: 1,
    reused: 0,
    unavailable: 0,
    failed: 0,
    rerun_judges: false,
    contradictions: 0,
    failures: [],
  },
  baseline: {
    run_id: 812,
    ref: 'refs/heads/main',
    commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
    created_at: '2026-11-20T09:00:00Z',
    age_days: 2,
    is_old: false,
    model: 'claude-opus-4-8',
    url: 'https://github.com/octo/evals/actions/runs/812',
  },
  no_baseline: null,
  not_compared: null,
  refused: [],
  comparison: {
    pairs: 27,
    same_answers: 0,
    regraded: 0,
    broken: 1,
    fixed: 1,
    broken_ids: ['refund-broken'],
    fixed_ids: ['refund-fixed'],
    request_changed: 2,
    left_out: { added: 1, removed: 0, asserts_changed: 0, ungraded: 0 },
    model_change: null,
    figures: {
      now: '88.89',
      before: '92.46',
      drop: '3.57',
      p: 0.0059,
      test: 'mid-p',
      interval: { low: '0.70', high: '6.80' },
      findable: '3.60',
      is_spread_assumed: false,
      more_cases: null,
    },
  },
  examples: { broken: [], fixed: [], failed: [], flaky: [], ungraded: [] },
};

export const gradedSummary: Summary = {
  ...summary,
  requests: { total: 30, succeeded: 29, errored: 1, canceled: 0, expired: 0, missing: 0 },
  grading,
};
