import { describe, expect, test } from '@jest/globals';
import { gradedOf, NO_GATE } from '../../../scripts/preview/grading.ts';
import { makeJobSummary, makeReport } from '../../../src/core/markdown/markdown.ts';
import { type RecentRate, renderRates } from '../../../src/core/markdown/rates-chart.ts';
import { GRADES } from '../../../src/core/messages/grades.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { summaryOf } from '../summary/samples.ts';

const graded = gradedOf({ both: 8, neither: 2, gates: NO_GATE, none: { code: 'turned-off' } });
const LINKS = { page: undefined, artifact: undefined };

function runOf(event: string, grades = graded): Summary {
  const summary = summaryOf({}, { graded: grades });
  return { ...summary, run: { ...summary.run, event } };
}

const COMMIT = '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432';
const rate = (runId: number, createdAt: string, passRate = 0.9): RecentRate => {
  return { runId, commit: COMMIT, createdAt, passRate, graded: 9 };
};
const EARLIER = [rate(2, '2026-11-21T03:00:00Z', 0.85), rate(1, '2026-11-20T03:00:00Z', 0.91234)];

const chartIn = (text = ''): string[] =>
  /```mermaid\n([\s\S]*?)\n```/
    .exec(text)?.[1]
    ?.split('\n')
    .map((line) => line.trim()) ?? [];
const rowsIn = (text = ''): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);

describe.each(['schedule', 'push'])('a run of %s', (event) => {
  const text = renderRates(runOf(event), EARLIER);

  test('has a line of all rates in the order of time', () => {
    expect(chartIn(text).slice(1)).toEqual([
      'xychart-beta',
      'x-axis ["20 Nov", "21 Nov", "22 Nov"]',
      `y-axis "${GRADES['rates-axis']()}" 75 --> 95`,
      'line [91.23, 85.00, 80.00]',
    ]);
  });

  test('has the same as a table, the newest first, with links', () => {
    const runs = 'https://github.com/octo/evals/actions/runs/';
    expect(rowsIn(text)).toEqual([
      `| 22 Nov | 80.0 % | 10 | 0123456 | [run 42](${runs}42) |`,
      `| 21 Nov | 85.0 % | 9 | 9f8e7d6 | [run 2](${runs}2) |`,
      `| 20 Nov | 91.2 % | 9 | 9f8e7d6 | [run 1](${runs}1) |`,
    ]);
  });

  test('shows them in the job summary alone', () => {
    const { folded, ...rest } = makeJobSummary(runOf(event), LINKS, EARLIER);
    const report = makeReport(runOf(event), LINKS);
    expect({ ...rest, folded: folded.slice(1) }).toEqual(report);
    expect(folded[0]).toBe(text);
  });
});

test.each<[string, Summary, readonly RecentRate[]]>([
  ['of a pull request', runOf('pull_request'), EARLIER],
  ['that is the first', runOf('push'), []],
  ['that is alone with an earlier attempt of its own', runOf('push'), [rate(42, '2026-11-21T03:00:00Z')]],
  ['without cases', { ...runOf('push'), grading: null }, EARLIER],
  [
    'in which nothing is graded',
    runOf('push', gradedOf({ both: 1, neither: 0, isBlank: true, none: { code: 'turned-off' } })),
    EARLIER,
  ],
  ['whose earlier rates cannot be read', runOf('push'), [rate(1, 'yesterday'), rate(2, '2026-11-20T03:00:00Z', 7)]],
])('a run %s has no chart', (_, summary, recent) => {
  expect(renderRates(summary, recent)).toBeUndefined();
});

test('two runs of one day are two points', () => {
  const text = renderRates(runOf('push'), [rate(2, '2026-11-22T03:00:00Z'), rate(1, '2026-11-22T01:00:00Z')]);
  expect(chartIn(text)[2]).toBe('x-axis ["22 Nov", "22 Nov (2)", "22 Nov (3)"]');
});

test('of many runs the last stay', () => {
  const many = Array.from({ length: 30 }, (_, at) => rate(100 + at, `2026-10-${String(at + 1).padStart(2, '0')}`));
  const text = renderRates(runOf('push'), many);
  expect(rowsIn(text)).toHaveLength(14);
  expect(rowsIn(text)[1]).toContain('| 30 Oct |');
});

test('what somebody wrote for a commit is no markup', () => {
  const text = renderRates(runOf('push'), [{ ...rate(1, '2026-11-20T03:00:00Z'), commit: '"]\n<b>|' }]);
  expect(rowsIn(text)[1]).toBe(
    '| 20 Nov | 90.0 % | 9 | <code>"&#93; &#60;b&#62;&#124;</code> | [run 1](https://github.com/octo/evals/actions/runs/1) |',
  );
});
