import { describe, expect, test } from '@jest/globals';
import { judgingOf } from '../../../scripts/preview/graded-samples.ts';
import { GATES, type Grades, gradedOf, NO_GATE } from '../../../scripts/preview/grading.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { SummaryGrading } from '../../../src/core/summary/summary.ts';
import { about, collected } from './samples.ts';

function gradingOf(grades: Grades, changed: Partial<typeof about.inputs> = {}): SummaryGrading {
  const inputs = { ...about.inputs, ...(grades.gates ?? GATES), ...changed };
  const { grading } = summarize({ ...collected, graded: gradedOf(grades) }, { ...about, inputs });
  if (grading === null) throw new Error('not graded');
  return grading;
}

const FELL: Grades = { both: 259, broken: 15, fixed: 4, neither: 22 };

describe('the grades in the summary', () => {
  test('say what decided, with its figures and limits', () => {
    const grading = gradingOf({ ...FELL, judging: judgingOf(false) });
    expect(grading).toMatchObject({
      verdict: 'fail',
      because: { code: 'fell', rate: null, drop: '3.7' },
      gates: { min_pass_rate: null, max_drop: 2, significance: 0.05, max_ungraded: 5 },
      cases: 300,
      passed: 263,
      failed: 37,
      pass_rate: '87.666667',
      interval: { low: '83.462628', high: '90.918269' },
      judge: { model: 'claude-sonnet-5', prompt: 1, judgements: 300, failed: 0, contradictions: 2 },
      baseline: {
        run_id: 19_283_745_812,
        age_days: 2,
        url: 'https://github.com/octo/evals/actions/runs/19283745812',
      },
      no_baseline: null,
      comparison: {
        pairs: 300,
        broken: 15,
        fixed: 4,
        figures: { now: '87.666667', before: '91.333333', drop: '3.666667' },
      },
    });
    expect(grading.comparison?.figures?.p).toBeCloseTo(0.00590897, 8);
    expect(grading.comparison?.broken_ids).toHaveLength(15);
  });

  test('say whether a re-run asks the judge again', () => {
    const outage: Grades = { both: 300, neither: 0, isBlank: true, judging: judgingOf(true) };
    expect(gradingOf(outage).judge?.rerun_judges).toBe(true);
    expect(gradingOf(outage, { retryRounds: 0 }).judge?.rerun_judges).toBe(false);
    expect(gradingOf({ ...FELL, judging: judgingOf(false) }).judge?.rerun_judges).toBe(false);
  });

  test('say the rate as precisely as it takes to differ from its minimum', () => {
    const gates = { ...NO_GATE, minPassRateMicroPercent: 87_670_000 };
    const { because } = gradingOf({ ...FELL, gates });
    expect(because).toEqual({ code: 'below-min-pass-rate', rate: '87.667', drop: null });
  });

  test('say why there is no baseline', () => {
    const none = { code: 'none-yet', branch: 'main' } as const;
    const { no_baseline, comparison, baseline } = gradingOf({ both: 1, neither: 0, none });
    expect([no_baseline?.code, comparison, baseline]).toEqual(['none-yet', null, null]);
  });

  test('have no interval with repeats, where answers of a case go together', () => {
    const { interval, pass_power } = gradingOf({ both: 8, neither: 1, flaky: 1, repeats: 3 });
    expect(interval).toBeNull();
    expect(pass_power).toEqual([
      { k: 2, percent: '83.333333' },
      { k: 3, percent: '80.000000' },
    ]);
  });

  test.each([
    ['full', 'did not find "14 days"'],
    ['answers', 'did not find "14 days"'],
    ['none', null],
  ] as const)('with artifacts of %s have the reason %j', (artifactContent, reason) => {
    const { examples } = gradingOf(FELL, { artifactContent });
    expect(examples.broken[0]).toEqual({
      custom_id: 'refund-000',
      required: false,
      share: null,
      assert: {
        type: 'contains',
        metric: null,
        outcome: 'fail',
        reason,
        before: { outcome: 'pass', reason: reason && 'found "14 days"' },
      },
    });
    if (artifactContent === 'none') expect(JSON.stringify(examples)).not.toContain('14 days');
  });
});
