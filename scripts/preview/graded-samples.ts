import type { Judging } from '../../src/core/judge/judging.ts';
import type { RecentRate } from '../../src/core/markdown/rates-chart.ts';
import type { Accounts } from '../../src/core/results/accounts.ts';
import { accountsOf, endedBatchOf, failuresOf } from './accounts.ts';
import { GATES, type Grades, NO_GATE } from './grading.ts';
import { HAIKU, reusing } from './results.ts';

/** A run with cases: its grades, and what came back of its requests. */
export interface GradedSample {
  readonly name: string;
  readonly grades: Grades;
  readonly accounts: Accounts;
  /** Set if the run is not for a pull request. */
  readonly event?: 'schedule' | 'push';
}

const ANSWERED = accountsOf({ answers: [{ ...HAIKU, count: 300 }] });

/** 300 judgements, all or none of which failed. */
export function judgingOf(isDown: boolean): Judging {
  const accounts = isDown
    ? accountsOf({
        answers: [],
        failures: failuresOf(['errored', 'overloaded_error', 'Overloaded', 300, 'msgjudge_01']),
      })
    : accountsOf({ answers: [{ model: 'claude-sonnet-5', count: 300, input: 910, output: 74 }] });
  return {
    judge: { model: 'claude-sonnet-5', prompt: 1 },
    batches: [endedBatchOf(accounts, 'msgbatch_01Hn3kLmT2vXQnR8sYbWdE9J')],
    accounts,
    results: '/r/judge-results.jsonl',
    holds: new Set(),
  };
}

const REFUSED = [
  { artifactId: 9, runId: 19_283_745_790, refusal: { code: 'fork' } },
  { artifactId: 8, runId: 19_283_745_655, refusal: { code: 'edited' } },
] as const;

/** All of them, in the order of the files that are written. */
export const GRADED: readonly GradedSample[] = [
  {
    name: 'grades-fell',
    grades: {
      ...{ both: 259, broken: 15, fixed: 4, neither: 22 },
      hasMetrics: true,
      judging: judgingOf(false),
      refused: REFUSED,
    },
    accounts: ANSWERED,
  },
  { name: 'grades-inconclusive', grades: { both: 252, broken: 20, fixed: 13, neither: 15 }, accounts: ANSWERED },
  { name: 'grades-passed', grades: { both: 256, broken: 8, fixed: 9, neither: 27 }, accounts: ANSWERED },
  {
    name: 'grades-reused',
    grades: { both: 256, broken: 2, fixed: 3, neither: 39, same: 288 },
    accounts: reusing(ANSWERED, 288),
  },
  {
    name: 'grades-first',
    grades: { both: 265, neither: 35, gates: NO_GATE, none: { code: 'none-yet', branch: 'main' } },
    accounts: ANSWERED,
  },
  {
    name: 'grades-no-judge',
    grades: { both: 300, neither: 0, isBlank: true, judging: judgingOf(true) },
    accounts: ANSWERED,
  },
  {
    name: 'grades-flaky',
    grades: {
      ...{ both: 80, broken: 2, fixed: 3, neither: 6, flaky: 9 },
      repeats: 3,
      gates: NO_GATE,
      baseline: { ageDays: 9, isOld: true },
    },
    accounts: ANSWERED,
  },
  {
    name: 'grades-required',
    grades: { both: 259, broken: 5, fixed: 4, neither: 32, required: 2 },
    accounts: ANSWERED,
  },
  {
    name: 'grades-below-minimum',
    grades: {
      ...{ both: 219, neither: 81 },
      gates: { ...NO_GATE, minPassRateMicroPercent: 80_000_000 },
      none: { code: 'turned-off' },
    },
    accounts: ANSWERED,
  },
  {
    name: 'grades-fork',
    grades: {
      ...{ both: 265, neither: 35 },
      none: { code: 'refused', runId: 19_283_745_790, refusal: { code: 'fork' } },
      refused: REFUSED,
    },
    accounts: ANSWERED,
  },
  {
    name: 'grades-other-model',
    grades: { both: 240, broken: 30, fixed: 10, neither: 20, gates: NO_GATE, model: 'claude-sonnet-5' },
    accounts: ANSWERED,
  },
  {
    name: 'grades-nightly',
    grades: { both: 259, broken: 3, fixed: 7, neither: 31, gates: GATES },
    accounts: ANSWERED,
    event: 'schedule',
  },
];

/** The results of the runs before a nightly one. */
export const RECENT: readonly RecentRate[] = [0.883, 0.89, 0.877, 0.9, 0.87, 0.893].map((passRate, at) => ({
  runId: 19_283_740_000 + at,
  commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
  createdAt: `2026-11-${16 + at}T03:00:00Z`,
  passRate,
  graded: 300,
}));
