import { expect, test } from '@jest/globals';
import { GRADE_LINES, GRADES, OUTCOMES } from '../../../src/core/messages/grades.ts';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';

const WORDS: readonly (readonly [keyof typeof GRADES, unknown, string])[] = [
  ['see-list', { list: 'broken', count: 15 }, 'See the 15 broken cases'],
  ['see-list', { list: 'ungraded', count: 1 }, 'See the ungraded case'],
  ['list', { list: 'failing', count: 1_319 }, '1,319 failing'],
  ['broken-by-chance', { count: 20 }, '20 broken cases, which may be chance'],
  ['more-cases', { count: 5 }, 'And 5 more'],
  ['more-rows', { count: 1_005 }, 'And 1,005 more.'],
  ['cases-pass', { passed: 263, cases: 1_300, ungraded: 0, repeats: 1, rate: '20.2' }, '263 of 1,300 cases pass'],
  ['cases-pass', { passed: 19, cases: 23, ungraded: 1, repeats: 1 }, '19 of 22 graded cases pass'],
  ['cases-pass', { passed: 1, cases: 1, ungraded: 0, repeats: 1 }, '1 of 1 case passes'],
  ['cases-pass', { passed: 0, cases: 3, ungraded: 2, repeats: 1 }, '0 of 1 graded case passes'],
  [
    'cases-pass',
    { passed: 83, cases: 100, ungraded: 0, repeats: 3, rate: null },
    '83 of 100 cases pass, with 3 answers each',
  ],
  [
    'cases-pass',
    { passed: 6, cases: 6, ungraded: 0, repeats: 2, rate: '50.0' },
    '6 of 6 cases pass, with 2 answers each; 50.0 % of the answers pass',
  ],
  ['answers-pass', { passed: 1, graded: 3 }, '1 of 3 pass'],
  ['required-ungraded', { ids: ['a', 'b'], count: 2 }, 'Required, but not graded: a, b.'],
  ['required-ungraded', { ids: ['a'], count: 3 }, 'Required, but not graded: a and 2 more.'],
  [
    'rates-over-pairs',
    { now: '97.1', before: '100.0', baseline: 'main', pairs: 35, isOfAnswers: false },
    'Over the same 35 cases, 97.1 % pass; main: 100.0 %',
  ],
  [
    'rates-over-pairs',
    { now: '97.1', before: '100.0', baseline: 'main', pairs: 35, isOfAnswers: true },
    'Over the same 35 cases, 97.1 % of the answers pass; main: 100.0 %',
  ],
  ['with-interval', { low: '84.2', high: '91.5' }, '(95 % interval 84.2–91.5 %)'],
  ['rates-beside', { now: '88.3', before: '90.7', baseline: 'main' }, '(88.3 %; main 90.7 %)'],
  ['ungraded', { count: 2 }, '2 ungraded'],
  ['left-out', { count: 2 }, '2 not compared'],
  ['flaky', { count: 2 }, '2 flaky'],
  ['allowed', { maxDrop: 0.5 }, '0.5 allowed'],
  ['allowed', { maxDrop: 0 }, 'none allowed'],
  ['are-allowed', { maxDrop: 0 }, 'No drop is allowed'],
  ['are-allowed', { maxDrop: 1 }, '1 point is allowed'],
  ['are-allowed', { maxDrop: 2 }, '2 points are allowed'],
  ['small-but-real', {}, 'within the limit, but probably real'],
  ['as-chance-does', {}, 'which can happen by chance'],
  [
    'judge-failed',
    { failed: 300, judgements: 300, kind: '`overloaded_error`', link: '[re-run this job](u)' },
    '300 of 300 judgements failed (`overloaded_error`). The answers are kept: **[re-run this job](u)**, which pays for the judgements alone.',
  ],
  [
    'judge-failed',
    { failed: 1, judgements: 1, kind: '', link: 'l' },
    '1 of 1 judgement failed. The answers are kept: **l**, which pays for the judgements alone.',
  ],
  ['details-title', { rate: '87.7' }, 'Pass rate 87.7 %'],
  ['details-ungraded', {}, 'Grading'],
  ['interval', { low: '83.5', high: '90.9' }, '95 % interval 83.5–90.9 %'],
  [
    'pairs',
    { pairs: 300, broken: 15, fixed: 4, p: '0.0059', test: 'mid-p' },
    "300 cases in both runs: 15 broken, 4 fixed, p = 0.0059 (one-sided McNemar's test, mid-p).",
  ],
  [
    'pairs',
    { pairs: 1, broken: 0, fixed: 0, p: '1', test: 'sign-flip' },
    '1 case in both runs: 0 broken, 0 fixed, p = 1 (one-sided sign-flip test on case means).',
  ],
  [
    'drop-interval',
    { low: '-1.5', high: '6.3' },
    'The change in the pass rate is between −6.3 and +1.5 points, with 95 % confidence.',
  ],
  [
    'baseline-run',
    { link: '[run 812](u)', branch: 'main', age: '2 days old', sha: '9f8e7d6' },
    'Baseline: [run 812](u) on main, 2 days old, commit 9f8e7d6.',
  ],
  ['baseline-run', { link: 'l', branch: 'main', age: '2 days old', sha: '' }, 'Baseline: l on main, 2 days old.'],
  ['run-of', { id: 812 }, 'run 812'],
  [
    'pass-power',
    {
      powers: [
        { k: 2, percent: '86.0' },
        { k: 3, percent: '83.0' },
      ],
    },
    'Chance that k answers to a case all pass: 86.0 % for k = 2, 83.0 % for k = 3.',
  ],
  ['flaky-cases', { count: 1, repeats: 3 }, '1 case is flaky: some of its 3 answers pass and some fail.'],
  ['flaky-cases', { count: 9, repeats: 3 }, '9 cases are flaky: some of their 3 answers pass and some fail.'],
  ['cost-per-case', { usd: '0.000435', isLowerBound: true }, 'Cost per case: at least $0.000435.'],
  [
    'judged',
    { model: '`m`', prompt: 1, judgements: 300, failed: 0, reused: 288, usd: '0.040000', isLowerBound: false },
    '`m` judged 300 answers with prompt 1, which is $0.040000 of the cost; 288 of the judgements were reused.',
  ],
  [
    'judged',
    { model: '`m`', prompt: 1, judgements: 300, failed: 2, reused: 0, usd: null, isLowerBound: false },
    '`m` judged 298 of 300 answers with prompt 1.',
  ],
  [
    'judged',
    { model: '`m`', prompt: 1, judgements: 3, failed: 3, reused: 0, usd: '0.000000', isLowerBound: false },
    '`m` judged 0 of 3 answers with prompt 1.',
  ],
  ['contradictions', { count: 2 }, 'In 2 judgements the score contradicts the verdict. The verdict counts.'],
  ['judge-batches', {}, 'Batches of the judge:'],
  [
    'not-baseline',
    { link: '[run 790](u)', why: 'it is from a fork' },
    'Not used as the baseline: [run 790](u), because it is from a fork.',
  ],
  ['more-refused', { count: 3 }, '3 more runs were not used either.'],
  ['more-refused', { count: 1 }, '1 more run was not used either.'],
  ['more-metrics', { count: 3 }, 'And 3 more metrics: see `summary.json`.'],
  ['more-values', { count: 1 }, 'And 1 more value: see `summary.json`.'],
  ['rates-title', { count: 14 }, 'Pass rate of the last 14 runs'],
  ['rates-axis', {}, 'Pass rate (%)'],
];

test.each(WORDS)('%s %j', (code, facts, words) => {
  expect((GRADES[code] as (facts: unknown) => string)(facts)).toBe(words);
});

const LINES: readonly (readonly [Message, string])[] = [
  [
    { code: 'cases-graded', repeats: 1, passed: 263, cases: 1_300, ungraded: 2, flaky: 3, rate: '87.67' },
    '263 of 1,298 graded cases pass (87.67 %), 2 ungraded, 3 flaky.',
  ],
  [
    { code: 'cases-graded', repeats: 1, passed: 0, cases: 1, ungraded: 1, flaky: 0, rate: null },
    '0 of 1 case passes, 1 ungraded.',
  ],
  [
    { code: 'answers-judged', judgements: 300, reused: 0, failed: 2, usd: '0.041234', lower_bound: true },
    '300 judgements, 2 of them without a result, for at least $0.04.',
  ],
  [{ code: 'answers-judged', judgements: 1, reused: 0, failed: 0, usd: null, lower_bound: false }, '1 judgement.'],
  [
    { code: 'answers-judged', judgements: 300, reused: 288, failed: 0, usd: '0.041234', lower_bound: false },
    '300 judgements, 288 of them reused, for $0.04.',
  ],
  [
    { code: 'cases-compared', drop: '3.67', pairs: 300, broken: 15, fixed: 4, p: '0.00591', runId: 812 },
    '−3.67 points against run 812 over 300 cases: 15 broken, 4 fixed, p = 0.00591.',
  ],
  [
    { code: 'cases-compared', drop: '-0.40', pairs: 1, broken: 0, fixed: 1, p: '0.5', runId: null },
    '+0.40 points against the baseline over 1 case: 0 broken, 1 fixed, p = 0.5.',
  ],
  [{ code: 'verdict-reached', verdict: 'not-comparable' }, 'Verdict: not comparable.'],
];

test.each(LINES)('%j', (message, words) => {
  expect(printMessage(message)).toBe(words);
});

test('every entry is above', () => {
  expect(new Set(WORDS.map(([code]) => code))).toEqual(new Set(Object.keys(GRADES)));
  expect(new Set(LINES.map(([{ code }]) => code))).toEqual(new Set(Object.keys(GRADE_LINES)));
  expect(Object.values(OUTCOMES)).toEqual(['passes', 'fails', 'ungraded']);
});
