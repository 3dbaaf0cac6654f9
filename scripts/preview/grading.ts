import type { ComparedCase } from '../../src/core/comparison/case.ts';
import { type Comparison, compareCases } from '../../src/core/comparison/compare.ts';
import {
  type CaseExample,
  type GradedRun,
  type LabelRow,
  MAX_EXAMPLES,
  type UsedBaseline,
} from '../../src/core/comparison/graded-run.ts';
import { createTally } from '../../src/core/comparison/tally.ts';
import { type Baseline, verdictOf, whyIncomparable } from '../../src/core/comparison/verdict.ts';
import type { Gates } from '../../src/core/inputs/inputs.ts';
import type { Judging } from '../../src/core/judge/judging.ts';
import type { NoBaseline } from '../../src/core/messages/verdicts.ts';
import { passPower } from '../../src/core/statistics/pass-power.ts';

/** The defaults of the inputs, with a drop of two points allowed. */
export const GATES: Gates = {
  minPassRateMicroPercent: undefined,
  maxDropMicroPercent: 2_000_000,
  significance: 0.05,
  onInconclusive: 'pass',
  maxUngradedMicroPercent: 5_000_000,
};

/** The same without a limit: the comparison informs. */
export const NO_GATE: Gates = { ...GATES, maxDropMicroPercent: undefined };

const BASELINE: UsedBaseline = {
  runId: 19_283_745_812,
  ref: 'refs/heads/main',
  commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
  createdAt: '2026-11-20T11:20:00Z',
  ageDays: 2,
  isOld: false,
  model: 'claude-haiku-4-5',
  hasAnswers: true,
};

/** The parts of a sample's grades: cases by how they did before and now. */
export interface Grades {
  readonly both: number;
  readonly broken?: number;
  readonly fixed?: number;
  readonly neither: number;
  /** Answered, but an assert could not be decided. */
  readonly undecided?: number;
  /** Nothing could be graded. */
  readonly isBlank?: boolean;
  /** Passing cases that the baseline does not have. */
  readonly added?: number;
  readonly repeats?: number;
  /** The baseline has the very same answers. */
  readonly isSame?: boolean;
  /** This many of the last cases have the very same answer on both sides. */
  readonly same?: number;
  /** Cases of which one answer fails, with repeats. */
  readonly flaky?: number;
  /** Of the broken ones. */
  readonly required?: number;
  /** Of the undecided ones. */
  readonly requiredUndecided?: number;
  readonly gates?: Gates;
  readonly none?: NoBaseline;
  /** Of the baseline, where it is another one. */
  readonly judgeBefore?: Judging['judge'];
  readonly baseline?: Partial<UsedBaseline>;
  readonly model?: string;
  readonly judging?: Judging;
  readonly refused?: GradedRun['refused'];
  readonly hasMetrics?: boolean;
  /** The text for every place that can hold somebody else's text. */
  readonly text?: string;
}

/** A graded run as grading returns it, computed from its cases. */
export function gradedOf(grades: Grades): GradedRun {
  const { gates = GATES, none, judging, repeats = 1, refused = [], hasMetrics = false } = grades;
  const [now, before] = [casesOf(grades, 'now'), casesOf(grades, 'before')];
  const tally = createTally();
  for (const one of now) tally.add(one);
  const all = none === undefined ? compareCases(now, before, gates.significance) : undefined;
  const judge = judging?.judge ?? null;
  const against: Baseline =
    all === undefined
      ? { kind: 'none', why: none ?? { code: 'turned-off' } }
      : { kind: 'compared', comparison: all, judge: grades.judgeBefore ?? judge };
  const ended = tally.end();
  const incomparable = whyIncomparable({ tally: ended, judge }, against, gates);
  const comparison = incomparable === undefined ? all : undefined;
  const { text } = grades;
  // An invalid commit is never read, and a valid one becomes a link.
  const foreign = text === undefined ? {} : { ref: text, model: text };
  const used = { ...BASELINE, ...foreign, ...grades.baseline };
  return {
    tally: ended,
    verdict: verdictOf({ tally: ended, judge }, against, gates),
    repeats,
    model: grades.model ?? '',
    passPower: Array.from({ length: repeats - 1 }, (_, at) => ({ k: at + 2, share: powerOf(now, at + 2) })),
    judging,
    unjudged: [],
    contradictions: (judging?.accounts.counts.succeeded ?? 0) > 0 ? 2 : 0,
    baseline: none === undefined ? { used } : { none },
    refused,
    comparison,
    incomparable,
    metrics: hasMetrics ? metricsOf(now).map((one) => ({ ...one, metric: text ?? one.metric })) : [],
    labels: hasMetrics ? LABELS.map((one) => ({ ...one, key: text ?? one.key, value: text ?? one.value })) : [],
    examples: examplesOf(now, comparison, grades),
    files: {
      grades: '/r/grades.jsonl',
      bare: { path: '/r/.grades/grades.jsonl', bytes: 1, sha256: '0'.repeat(64) },
      junit: '/r/junit.xml',
      benchmark: '/r/benchmark.json',
      benchmarkCost: '/r/benchmark-cost.json',
      judgeResults: judging?.results,
      baselineResults: undefined,
    },
    places: { grade: () => undefined },
  };
}

const TOPICS = ['refund', 'tone', 'delivery', 'invoice', 'warranty'];

/** IDs as people give them: `refund-017`. */
function idOf(position: number): string {
  return `${TOPICS[position % TOPICS.length]}-${String(position).padStart(3, '0')}`;
}

function casesOf(grades: Grades, side: 'now' | 'before'): ComparedCase[] {
  const {
    both,
    broken = 0,
    fixed = 0,
    neither,
    undecided = 0,
    flaky = 0,
    required = 0,
    repeats = 1,
    same = 0,
  } = grades;
  const [isNow, pass, fail] = [side === 'now', 'p'.repeat(repeats), 'f'.repeat(repeats)];
  const words = [
    ...Array<string>(broken).fill(isNow ? fail : pass),
    ...Array<string>(fixed).fill(isNow ? pass : fail),
    ...Array<string>(flaky).fill(`${'p'.repeat(repeats - 1)}f`),
    ...Array<string>(undecided).fill(isNow ? 'u'.repeat(repeats) : pass),
    ...Array<string>(both).fill(pass),
    ...Array<string>(neither).fill(fail),
    ...Array<string>(isNow ? (grades.added ?? 0) : 0).fill(pass),
  ];
  return words.map((letters, position) => {
    const answers = Array.from(isNow && grades.isBlank ? 'u'.repeat(repeats) : letters, (letter, at) => ({
      pass: letter === 'p' ? true : letter === 'f' ? false : null,
      isAnswered: true,
      batchId: `msgbatch_${grades.isSame || position >= words.length - same ? 'same' : side}`,
      customId: repeats === 1 ? idOf(position) : `${idOf(position)}-r${at + 1}`,
    }));
    const isUngraded = answers.some(({ pass: one }) => one === null);
    return {
      id: grades.text === undefined ? idOf(position) : `${grades.text} ${position}`,
      answers,
      pass: isUngraded ? null : answers.every(({ pass: one }) => one),
      required: position < required || position < (grades.requiredUndecided ?? 0),
      model: isNow ? (grades.model ?? 'claude-haiku-4-5') : 'claude-haiku-4-5',
      requestDigest: 'request',
      assertsDigest: 'asserts',
      scores: new Map([
        ['accuracy', letters.startsWith('p') ? 1 : 0],
        ['tone', letters.startsWith('p') ? 0.9 : 0.7],
      ]),
    };
  });
}

function powerOf(cases: readonly ComparedCase[], k: number): number {
  const shares = cases.map(({ answers }) => passPower(answers.length, answers.filter(({ pass }) => pass).length, k));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function metricsOf(cases: readonly ComparedCase[]): GradedRun['metrics'] {
  return ['accuracy', 'tone'].map((metric) => {
    const scores = cases.map((one) => one.scores.get(metric) ?? 0);
    return { metric, cases: cases.length, mean: scores.reduce((sum, score) => sum + score, 0) / cases.length };
  });
}

const LABELS: readonly LabelRow[] = (
  [
    ['language', 'de', 120, 101],
    ['language', 'en', 180, 162],
    ['hard', true, 60, 41],
    ['hard', false, 240, 222],
  ] as const
).map(([key, value, cases, passed]) => ({
  key,
  value,
  cases,
  graded: cases,
  passRate: { numerator: BigInt(passed), denominator: BigInt(cases) },
}));

/** What the asserts of the broken cases found, in turn. */
const FOUND = [
  ['contains', undefined, 'did not find "14 days"', 'found "14 days"'],
  [
    'llm-rubric',
    'tone',
    'The answer blames the customer for the delay and does not apologise.',
    'It apologises and offers help.',
  ],
  ['is-json', undefined, 'the answer is not JSON; the only difference is a code fence', 'the answer is JSON'],
  ['equals', 'accuracy', 'expected "42", found "42."; the only difference is white space', 'the answer is "42"'],
] as const;

function examplesOf(
  cases: readonly ComparedCase[],
  comparison: Comparison | undefined,
  { text }: Grades,
): GradedRun['examples'] {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const tell = (wanted: readonly ComparedCase[], outcome: 'pass' | 'fail' | 'ungraded'): readonly CaseExample[] =>
    wanted.slice(0, MAX_EXAMPLES).map(({ id, required }, at) => {
      const [type, metric, reason, earlier] = FOUND[at % FOUND.length] ?? FOUND[0];
      const before = { outcome: outcome === 'pass' ? ('fail' as const) : ('pass' as const), reason: text ?? earlier };
      const found =
        outcome === 'ungraded' ? { reason: 'there is no judgement', before: undefined } : { reason, before };
      const assert = { type: text ?? type, metric: text ?? metric, outcome, ...found, reason: text ?? found.reason };
      return {
        customId: id,
        required,
        assert: { ...assert, before: comparison === undefined ? undefined : assert.before },
      };
    });
  const ofIds = (ids: readonly string[] = []) => ids.flatMap((id) => byId.get(id) ?? []);
  const failed = cases.filter(({ pass }) => pass === false);
  const isMixed = ({ answers }: ComparedCase) => new Set(answers.map(({ pass }) => pass)).size > 1;
  return {
    broken: tell(ofIds(comparison?.broken), 'fail'),
    fixed: tell(ofIds(comparison?.fixed), 'pass'),
    failed: tell(
      failed.toSorted((a, b) => Number(b.required) - Number(a.required)),
      'fail',
    ),
    flaky: tell(cases.filter(isMixed), 'fail'),
    ungraded: tell(
      cases.filter(({ pass }) => pass === null),
      'ungraded',
    ),
  };
}
