import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { judgingOf } from '../../../scripts/preview/graded-samples.ts';
import { gradedOf } from '../../../scripts/preview/grading.ts';
import type { Collected, Outcome } from '../../../src/core/endings/outcome.ts';
import {
  OUTPUT_NAMES,
  outputsOf,
  printWithoutRequests,
  type Stored,
  WAKE_OUTPUTS,
} from '../../../src/core/summary/outputs.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import { about, batch, collected, FAILURE, pending, summaryOf } from './samples.ts';

const nothing: Stored = {
  resultsFile: undefined,
  summaryFile: undefined,
  reportFile: undefined,
  pageFile: undefined,
  gradesFile: undefined,
  junitFile: undefined,
  artifact: undefined,
  page: undefined,
  comment: undefined,
};

const GRADED_NAMES = OUTPUT_NAMES.slice(OUTPUT_NAMES.indexOf('verdict'), OUTPUT_NAMES.indexOf('results-file'));

describe('outputsOf', () => {
  test('a finished run', () => {
    const summary = summaryOf();
    const stored: Stored = {
      resultsFile: '/tmp/r/results.jsonl',
      summaryFile: '/tmp/r/summary.json',
      reportFile: '/tmp/r/report.md',
      pageFile: '/tmp/r/claude-batch-evals-0.html',
      gradesFile: '/tmp/r/grades.jsonl',
      junitFile: '/tmp/r/junit.xml',
      artifact: {
        name: 'claude-batch-evals-0',
        id: 9,
        digest: 'abc',
        url: 'https://github.com/octo/evals/artifacts/9',
      },
      page: { url: 'https://github.com/octo/evals/artifacts/10' },
      comment: { id: 11, url: 'https://github.com/octo/evals/pull/7#issuecomment-11' },
    };
    expect(Object.fromEntries(outputsOf(summary, stored))).toEqual({
      status: 'completed',
      'batch-id': 'msgbatch_01',
      'batch-source': 'submitted',
      'batch-created-at': '2026-11-22T11:20:00.123456Z',
      'submitted-sha': '0123456789abcdef0123456789abcdef01234567',
      'request-count': '1319',
      'succeeded-count': '1317',
      'errored-count': '1',
      'canceled-count': '0',
      'expired-count': '1',
      'missing-count': '0',
      'reused-count': '0',
      'input-tokens': '120345',
      'output-tokens': '54321',
      'cache-read-tokens': '1000000',
      'cache-write-tokens': '320',
      'cost-usd': '1.234568',
      'new-cost-usd': '',
      'standard-cost-usd': '2.469135',
      'saved-usd': '1.234567',
      'unpriced-count': '0',
      'waited-minutes': '0',
      'results-file': '/tmp/r/results.jsonl',
      'summary-file': '/tmp/r/summary.json',
      'report-file': '/tmp/r/report.md',
      'page-file': '/tmp/r/claude-batch-evals-0.html',
      'grades-file': '/tmp/r/grades.jsonl',
      'junit-file': '/tmp/r/junit.xml',
      'summary-json': printWithoutRequests(summary),
      'artifact-name': 'claude-batch-evals-0',
      'artifact-id': '9',
      'artifact-digest': 'abc',
      'artifact-url': 'https://github.com/octo/evals/artifacts/9',
      'report-url': 'https://github.com/octo/evals/artifacts/10',
      'comment-id': '11',
      'comment-url': 'https://github.com/octo/evals/pull/7#issuecomment-11',
    });
  });

  test('what failed has the same outputs as what did not', () => {
    const names = (failures: Collected['failures']) => [...outputsOf(summaryOf({}, { failures }), nothing).keys()];
    expect(names([FAILURE])).toEqual(names([]));
  });

  test('amounts are empty when nothing could be priced, a lower bound when some could', () => {
    const amounts = (changed: Parameters<typeof summaryOf>[0]) => {
      const outputs = outputsOf(summaryOf(changed), nothing);
      return ['cost-usd', 'standard-cost-usd', 'saved-usd', 'unpriced-count'].map((name) =>
        outputs.get(name as 'status'),
      );
    };
    expect(amounts({ unpriced: 1317, cost: 0n, standardCost: 0n })).toEqual(['', '', '', '1317']);
    expect(amounts({ unpriced: 17 })).toEqual(['1.234568', '2.469135', '1.234567', '17']);
  });

  test.each([
    ['pending', pending, ['batch-id', 'batch-created-at', 'submitted-sha', 'request-count']],
    ['failed', { status: 'failed', failures: [FAILURE] }, ['submitted-sha']],
  ] as const)('%s: only what is known', (_, outcome, names) => {
    const known = [...outputsOf(summarize(outcome, about), nothing).keys()];
    expect(new Set(known)).toEqual(new Set(['status', 'batch-source', 'waited-minutes', 'summary-json', ...names]));
  });

  test.each<[number | undefined, Outcome, string | undefined]>([
    [2_521_800, collected, '42.03'],
    [2_521_800, pending, '42.03'],
    [0, collected, '0'],
    [90_000, pending, '1.5'],
    [undefined, pending, undefined],
  ])('%s ms of waiting', (waitedMs, outcome, minutes) => {
    expect(outputsOf(summarize(outcome, { ...about, waitedMs }), nothing).get('waited-minutes')).toBe(minutes);
  });

  test.each<[string, bigint | undefined, Outcome, string | undefined]>([
    ['known', 100_000_000_000_000n, collected, '0.100000'],
    ['nothing new', 0n, collected, '0.000000'],
    ['not known', undefined, collected, ''],
    ['not collected', undefined, pending, undefined],
  ])('the new cost, %s', (_, newCost, outcome, expected) => {
    expect(outputsOf(summarize(outcome, { ...about, newCost }), nothing).get('new-cost-usd')).toBe(expected);
  });

  test.each<[string, string | undefined, string | undefined]>([
    ['that is known', 'f'.repeat(40), 'f'.repeat(40)],
    ['that is not', undefined, undefined],
  ])('the commit of the first batch, %s', (_, submittedSha, expected) => {
    expect(outputsOf(summarize(collected, { ...about, submittedSha }), nothing).get('submitted-sha')).toBe(expected);
  });

  test('failed after a submission: what was known of the batches stays', () => {
    const gone = { status: 'failed', failures: [FAILURE], batches: [batch], requestCount: 7 } as const;
    const outputs = outputsOf(summarize(gone, about), nothing);
    expect(['batch-id', 'batch-created-at', 'request-count'].map((name) => outputs.get(name as 'status'))).toEqual([
      'msgbatch_01',
      '2026-11-22T11:20:00.123456Z',
      '7',
    ]);
  });

  test('ids of several batches, and when the first was created', () => {
    const earlier = { ...batch, id: 'msgbatch_00', createdAt: '2026-11-22T13:00:00+02:00' };
    const outputs = outputsOf(summaryOf({}, { batches: [batch, earlier] }), nothing);
    expect([outputs.get('batch-id'), outputs.get('batch-created-at')]).toEqual([
      'msgbatch_01,msgbatch_00',
      '2026-11-22T13:00:00+02:00',
    ]);
  });

  test('a graded run', () => {
    const graded = gradedOf({ both: 259, broken: 15, fixed: 4, neither: 20, undecided: 2, judging: judgingOf(false) });
    const outputs = outputsOf(summaryOf({}, { graded }), nothing);
    expect(Object.fromEntries(GRADED_NAMES.map((name) => [name, outputs.get(name)]))).toEqual({
      verdict: 'fail',
      'pass-rate': '88.26',
      'baseline-pass-rate': '91.95',
      drop: '3.69',
      'case-count': '300',
      'passed-count': '263',
      'failed-count': '35',
      'ungraded-count': '2',
      'flaky-count': '0',
      'broken-count': '15',
      'fixed-count': '4',
      'baseline-run-id': '19283745812',
      'p-value': '0.00590897',
      'judge-batch-id': 'msgbatch_01Hn3kLmT2vXQnR8sYbWdE9J',
      'judge-cost-usd': '0.384000',
    });
  });

  test.each([
    ['without cases', summaryOf(), []],
    [
      'without a baseline and a judge',
      summaryOf({}, { graded: gradedOf({ both: 1, neither: 1, none: { code: 'turned-off' } }) }),
      [...['verdict', 'pass-rate', 'case-count', 'passed-count', 'failed-count', 'ungraded-count', 'flaky-count']],
    ],
    [
      'with nothing graded',
      summaryOf({}, { graded: gradedOf({ both: 2, neither: 0, isBlank: true, none: { code: 'turned-off' } }) }),
      ['verdict', 'case-count', 'passed-count', 'failed-count', 'ungraded-count', 'flaky-count'],
    ],
  ])('%s, only what is known of the grades', (_, summary, names) => {
    const outputs = outputsOf(summary, nothing);
    expect(GRADED_NAMES.filter((name) => outputs.has(name))).toEqual(names);
  });

  test('the line of JSON has no ID and no reason of a case', () => {
    const graded = gradedOf({
      both: 9,
      broken: 8,
      fixed: 1,
      neither: 0,
      text: 'SECRET WORD',
      judging: judgingOf(true),
    });
    const ids = { ...graded, baseline: { none: { code: 'turned-off' as const } } };
    expect(outputsOf(summaryOf({}, { graded: ids }), nothing).get('summary-json')).not.toContain('SECRET WORD');
  });

  test('the names are those of action.yml', () => {
    const metadata = parse(readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8'));
    expect([...OUTPUT_NAMES, ...WAKE_OUTPUTS]).toEqual(Object.keys(metadata.outputs));
  });
});
