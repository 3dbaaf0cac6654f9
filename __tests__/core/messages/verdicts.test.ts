import { describe, expect, test } from '@jest/globals';
import {
  BASELINE_REFUSALS,
  type BaselineRefusal,
  branchName,
  COMPARISON_WORDS,
  type ComparisonWords,
  NO_BASELINE,
  type NoBaseline,
  printChance,
  printComparison,
  printNoBaseline,
  printRefusal,
  printVerdictReason,
  VERDICT_REASONS,
  type VerdictReason,
} from '../../../src/core/messages/verdicts.ts';

const reason = { code: 'time-limit', limitMs: 20_000 } as const;

const REFUSALS: readonly BaselineRefusal[] = [
  { code: 'expired' },
  { code: 'unread', reason },
  { code: 'unreadable' },
  { code: 'other-version' },
  { code: 'edited' },
  { code: 'grades-edited' },
  { code: 'fork' },
  { code: 'other-workflow', workflow: '.github/workflows/x.yml' },
  { code: 'other-name', name: 'evals-1' },
  { code: 'same-run' },
  { code: 'newer' },
  { code: 'two-steps' },
  { code: 'event', event: 'workflow_run' },
  { code: 'pull-request', number: 7 },
  { code: 'other-branch', ref: 'refs/heads/topic' },
  { code: 'regraded' },
  { code: 'other-run' },
  { code: 'incomplete' },
];

const REFUSED = [
  'its artifact has expired',
  'its artifact could not be read: no response within 20 s',
  'its artifact is not in the form that this action writes',
  'it was written by a newer version of this action',
  'its artifact does not match its own digest, so it was edited or damaged',
  'its grades do not match their own digest, so they were edited or damaged',
  'it is from a fork',
  'it is from another workflow, .github/workflows/x.yml',
  'it is from another evaluation, evals-1',
  'it is from this run',
  'it is newer than this run',
  'two steps of that run have the same name; give each a name of its own',
  'a run triggered by workflow_run is never a baseline',
  'it measured pull request #7',
  'it measured another branch, topic',
  'it only regraded what an earlier run had collected',
  'it is not from the run that the input baseline names',
  'that run left too many of its cases ungraded',
];

test.each(REFUSALS.map((refusal, at) => [refusal, REFUSED[at]] as const))('%j', (refusal, words) => {
  expect(printRefusal(refusal)).toBe(words);
});

const NONE: readonly [NoBaseline, string][] = [
  [{ code: 'turned-off' }, 'No baseline: the input baseline is none.'],
  [{ code: 'none-yet', branch: 'main' }, 'No baseline yet: the next run on main makes one.'],
  [
    { code: 'none-before', branch: 'main' },
    'No baseline yet: no run on main had finished when this one began. One has finished since, so a new push or a new run can be compared with it.',
  ],
  [
    { code: 'none-of-workflow', workflow: 'nightly.yml', name: 'evals-0', branch: 'main' },
    'No baseline: no run of nightly.yml on main has grades for evals-0.',
  ],
  [{ code: 'first-run', branch: 'main' }, 'No baseline yet: this is the first run on main.'],
  [{ code: 'not-in-run', runId: 812 }, 'No baseline: run 812 has no grades of this evaluation.'],
  [
    { code: 'not-permitted' },
    'No baseline: the token is not allowed to list artifacts, which requires the permission actions: read.',
  ],
  [{ code: 'not-listed', reason }, 'No baseline: the artifacts could not be listed: no response within 20 s.'],
  [
    { code: 'path-incomplete' },
    'No baseline: the run whose grades the input baseline points to left too many of its cases ungraded.',
  ],
  [
    { code: 'refused', runId: 812, refusal: { code: 'expired' } },
    'No baseline: run 812 was not used, because its artifact has expired.',
  ],
];

test.each(NONE)('%j', (why, sentence) => {
  expect(printNoBaseline(why)).toBe(sentence);
});

const drop = { drop: '3.7', maxDrop: 2, p: 0.0059, significance: 0.05 };

const REASONS: readonly [VerdictReason, string][] = [
  [{ code: 'required-failed', first: 'refund-017', count: 1 }, 'refund-017 is required and fails.'],
  [{ code: 'required-failed', first: 'refund-017', count: 3 }, '3 required cases fail; the first is refund-017.'],
  [
    { code: 'below-min-pass-rate', passed: 219, graded: 300, rate: '73.0', minPercent: 80 },
    '219 of 300 graded cases pass (73.0 %), below the min-pass-rate of 80 %.',
  ],
  [
    { code: 'below-min-pass-rate', passed: 0, graded: 1, rate: '0.0', minPercent: 80 },
    '0 of 1 graded case passes (0.0 %), below the min-pass-rate of 80 %.',
  ],
  [{ code: 'nothing-graded', cases: 300, lacksJudge: false }, 'None of the 300 cases could be graded.'],
  [
    { code: 'nothing-graded', cases: 4, lacksJudge: true },
    'None of the 4 cases could be graded: llm-rubric needs a judge. Set judge-model.',
  ],
  [
    { code: 'too-many-ungraded', undecided: 1, cases: 4, maxPercent: 5, lacksJudge: true },
    '1 of 4 cases was answered but could not be graded; max-ungraded is 5 %: llm-rubric needs a judge. Set judge-model.',
  ],
  [{ code: 'nothing-graded', cases: 1, lacksJudge: false }, 'The only case could not be graded.'],
  [
    { code: 'too-many-ungraded', undecided: 40, cases: 300, maxPercent: 5, lacksJudge: false },
    '40 of 300 cases were answered but could not be graded; max-ungraded is 5 %.',
  ],
  [{ code: 'no-limit' }, 'max-drop is not set, so the comparison does not affect the verdict.'],
  [{ code: 'no-baseline', why: { code: 'turned-off' } }, 'No baseline: the input baseline is none.'],
  [{ code: 'baseline-incomplete' }, 'The baseline is incomplete.'],
  [{ code: 'baseline-unreadable' }, 'The grades of the baseline cannot be read.'],
  [{ code: 'no-pairs' }, 'No case was graded with the same asserts in both runs, so there is nothing to compare.'],
  [
    {
      code: 'other-judge',
      now: { model: 'claude-opus-5', prompt: 2 },
      before: { model: 'claude-sonnet-5', prompt: 1 },
    },
    'The baseline was judged by claude-sonnet-5 with prompt 1, this run by claude-opus-5 with prompt 2.',
  ],
  [
    { code: 'fell', ...drop },
    'The pass rate fell by 3.7 points; 2 points are allowed, and a run that is no worse looks like this about 6 times in 1,000.',
  ],
  [
    { code: 'may-be-chance', ...drop, drop: '2.3', p: 0.131 },
    "The pass rate is 2.3 points below the baseline's, which may be chance: 2 points are allowed, but a run that is no worse looks like this in 13 of 100 runs.",
  ],
  [
    { code: 'small-but-real', ...drop, drop: '1', maxDrop: 1, p: 0.03 },
    'The pass rate fell by 1 point, which is within the 1 point allowed, but probably real: a run that is no worse looks like this about 3 times in 100.',
  ],
  [
    { code: 'within-limit', ...drop, drop: '0.4' },
    "The pass rate is 0.4 points below the baseline's, which can happen by chance; 2 points are allowed.",
  ],
  [
    { code: 'same-answers', pairs: 20, regraded: 20 },
    '20 cases have exactly the same answer as in the baseline, which says nothing about a change; 20 of them were graded differently.',
  ],
  [{ code: 'not-worse', rise: '0.4' }, "The pass rate is 0.4 points above the baseline's."],
  [{ code: 'not-worse', rise: '0.0' }, "The pass rate is the same as the baseline's."],
];

test.each(REASONS)('%j', (because, sentence) => {
  expect(printVerdictReason(because)).toBe(sentence);
});

const COMPARED: readonly [ComparisonWords, string][] = [
  [
    { code: 'heading-fell', before: '91.3', now: '87.7', broken: 15 },
    'pass rate fell from 91.3 % to 87.7 %, 15 cases broke',
  ],
  [{ code: 'heading-chance', drop: '2.3', baseline: 'main' }, '2.3 points below main, which may be chance'],
  [
    { code: 'heading-compared', isOfAnswers: false, now: '88.3', before: '87.9', baseline: 'main' },
    '88.3 % pass, main 87.9 %',
  ],
  [{ code: 'heading-alone', isOfAnswers: false, now: '88.3' }, '88.3 % pass'],
  [
    { code: 'other-model', before: 'claude-haiku-4-5', now: 'claude-sonnet-5' },
    'claude-sonnet-5 against claude-haiku-4-5',
  ],
  [{ code: 'against', drop: '3.7', baseline: 'main' }, '−3.7 points against main'],
  [{ code: 'against', drop: '-1.0', baseline: 'main' }, '+1.0 point against main'],
  [{ code: 'against', drop: '0.0', baseline: 'main' }, '±0 points against main'],
  [{ code: 'over-pairs', pairs: 300, same: 0 }, 'over the same 300 cases'],
  [{ code: 'over-pairs', pairs: 1, same: 0 }, 'over the one case in both runs'],
  [{ code: 'over-pairs', pairs: 1_319, same: 1_307 }, 'over the same 1,319 cases, 12 with a new answer'],
  [{ code: 'over-pairs', pairs: 300, same: 300 }, 'over the same 300 cases, none with a new answer'],
  [
    { code: 'heading-allowed', isOfAnswers: false, maxDrop: 2, now: '88.1', before: '89.3', baseline: 'main' },
    '88.1 % pass, main 89.3 %, within the 2 points allowed but probably a real drop',
  ],
  [
    { code: 'heading-few-pairs', isOfAnswers: false, now: '25.0', pairs: 3, graded: 40, baseline: 'main' },
    '25.0 % pass, only 3 of 40 cases compared with main',
  ],
  [{ code: 'few-pairs', pairs: 3, graded: 40 }, 'Only 3 of 40 graded cases could be compared.'],
  [{ code: 'heading-uncompared', isOfAnswers: false, now: '88.3', isFirst: true }, '88.3 % pass, no baseline yet'],
  [
    { code: 'heading-uncompared', isOfAnswers: false, now: '88.3', isFirst: false },
    '88.3 % pass, not compared with a baseline',
  ],
  [
    { code: 'heading-same', now: '50.0', isOfAnswers: true, baseline: 'main' },
    '50.0 % of the answers pass, the same answers as main, graded again',
  ],
  [{ code: 'heading-required', count: 1 }, 'a required case fails'],
  [{ code: 'heading-required', count: 3 }, '3 required cases fail'],
  [{ code: 'heading-below-min', now: '73.0', minPercent: 80 }, '73.0 % of the cases pass, below the minimum of 80 %'],
  [{ code: 'heading-ungraded', undecided: 40, cases: 300 }, '40 of 300 cases could not be graded'],
  [{ code: 'heading-not-graded', isJudge: true }, 'not graded, the judge gave no answers'],
  [{ code: 'heading-not-graded', isJudge: false }, 'no case could be graded'],
  [{ code: 'baseline-given' }, 'baseline given by the input'],
  [{ code: 'chance', p: 0.0059 }, 'a run that is no worse looks like this about 6 times in 1,000'],
  [{ code: 'findable', drop: '3.6' }, 'This run could have found a drop of 3.6 points in four of five tries.'],
  [
    { code: 'findable-assumed', drop: '4.5', same: 0 },
    'No case changed. If one in ten did, this run could have found a drop of 4.5 points in four of five tries.',
  ],
  [
    { code: 'findable-assumed', drop: '0.9', same: 288 },
    'No case changed. If one in ten of those with a new answer did, this run could have found a drop of 0.9 points in four of five tries.',
  ],
  [{ code: 'findable-none', pairs: 0 }, 'No case has a new answer, so no drop can be found.'],
  [{ code: 'findable-none', pairs: 4 }, '4 cases are too few to find any drop.'],
  [{ code: 'findable-none', pairs: 1 }, '1 case is too few to find any drop.'],
  [{ code: 'more-cases', count: 1_174, isCapped: false }, 'About 1,170 more cases would settle it.'],
  [{ code: 'more-cases', count: 1, isCapped: false }, 'About 1 more case would settle it.'],
  [{ code: 'more-cases', count: 10_000, isCapped: true }, 'It would take more than 10,000 further cases to settle it.'],
  [
    { code: 'same-answers', count: 288, pairs: 300, regraded: 0 },
    '288 cases have exactly the same answer as in the baseline, which says nothing about a change. The other 12 can lower the pass rate by at most 4 points.',
  ],
  [
    { code: 'same-answers', count: 9_999, pairs: 10_000, regraded: 0 },
    '9,999 cases have exactly the same answer as in the baseline, which says nothing about a change. The other one can lower the pass rate by at most 0.01 points.',
  ],
  [
    { code: 'same-answers', count: 1, pairs: 1, regraded: 1 },
    '1 case has exactly the same answer as in the baseline, which says nothing about a change; it was graded differently.',
  ],
  [
    { code: 'left-out', added: 12, removed: 0, assertsChanged: 3, ungraded: 1 },
    'Not compared: 12 added, 3 with changed asserts, 1 ungraded in one of the runs.',
  ],
  [{ code: 'left-out', added: 0, removed: 2, assertsChanged: 0, ungraded: 0 }, 'Not compared: 2 removed.'],
  [{ code: 'requests-changed', count: 1 }, 'The request of 1 case has changed since the baseline.'],
  [{ code: 'requests-changed', count: 5 }, 'The requests of 5 cases have changed since the baseline.'],
  [
    { code: 'baseline', runId: 812, ref: 'refs/heads/main', days: 2, sha: '9f8e7d6c5b4a' },
    'baseline run 812 on main, 2 days old, commit 9f8e7d6',
  ],
  [
    { code: 'baseline-title', ref: 'refs/heads/main', days: 2, sha: '9f8e7d6c5b4a' },
    'baseline on main, 2 days old, commit 9f8e7d6',
  ],
  [
    { code: 'baseline-title', ref: 'refs/heads/main', days: 0, sha: '9f8e7d6c5b4a' },
    'baseline on main, less than a day old, commit 9f8e7d6',
  ],
  [
    { code: 'baseline-old', days: 9, ref: 'refs/heads/main' },
    'The baseline is 9 days old. Models and services change over time: run this evaluation on main again, preferably on a schedule.',
  ],
  [
    { code: 'many-gates', gates: 5, percent: 23 },
    '5 gates test the same change. Even if it makes nothing worse, the chance that at least one of them fails is up to 23 %.',
  ],
  [
    { code: 'many-runs', run: 10, percent: 5 },
    'This is run 10 on this pull request. Even if the change makes nothing worse, each run has a chance of up to 5 % of failing.',
  ],
];

test.each(COMPARED)('%j', (words, sentence) => {
  expect(printComparison(words)).toBe(sentence);
});

test('every entry is printed here', () => {
  const codes = (rows: readonly (readonly [{ readonly code: string }, string])[]) => rows.map(([{ code }]) => code);
  expect(new Set(REFUSALS.map(({ code }) => code))).toEqual(new Set(Object.keys(BASELINE_REFUSALS)));
  expect(new Set(codes(NONE))).toEqual(new Set(Object.keys(NO_BASELINE)));
  expect(new Set(codes(REASONS))).toEqual(new Set(Object.keys(VERDICT_REASONS)));
  expect(new Set(codes(COMPARED))).toEqual(new Set(Object.keys(COMPARISON_WORDS)));
});

describe('how often', () => {
  test.each([
    [1, 'in 100 of 100 runs'],
    [0.131, 'in 13 of 100 runs'],
    [0.1, 'in 10 of 100 runs'],
    [0.0999, 'about 10 times in 100'],
    [0.05, 'about 5 times in 100'],
    [0.015, 'about 15 times in 1,000'],
    [0.02, 'about twice in 100'],
    [0.035, 'about 4 times in 100'],
    [0.0149, 'about 15 times in 1,000'],
    [0.01, 'about once in 100'],
    [0.0059, 'about 6 times in 1,000'],
    [0.001, 'about once in 1,000'],
    [0.00002, 'about twice in 100,000'],
    [0.000001, 'about once in 1,000,000'],
    [0.0000013, 'about 13 times in 10,000,000'],
    [1e-9, 'less than once in a million'],
    [0, 'less than once in a million'],
  ])('%d: %s', (p, words) => {
    expect(printChance(p)).toBe(words);
  });
});

test.each([
  ['refs/heads/main', 'main'],
  ['refs/heads/feature/x', 'feature/x'],
  ['refs/tags/v1', 'v1'],
  ['refs/pull/7/merge', 'pull request 7'],
  ['refs/pull/7/other', 'refs/pull/7/other'],
])('people know %s as %s', (ref, name) => {
  expect(branchName(ref)).toBe(name);
});
