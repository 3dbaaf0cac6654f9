import { describe, expect, test } from '@jest/globals';
import { GRADE_NAMES } from '../../../src/core/messages/outcome-names.ts';
import { PAGE_LABELS } from '../../../src/core/messages/page.ts';
import { printComparison } from '../../../src/core/messages/verdicts.ts';
import { pageHead } from '../../../src/core/page/page.ts';
import type { SummaryGrading } from '../../../src/core/summary/summary.ts';
import { attacks } from './attacks.ts';
import { gradedSummary, grading } from './graded-samples.ts';
import { NO_CASES, textOf } from './samples.ts';

const head = (changed: Partial<SummaryGrading> = {}): string =>
  pageHead({ ...gradedSummary, grading: { ...grading, ...changed } }, NO_CASES);
const figuresOf = (html: string): string => textOf(/<details id="figures">.*?<\/details>/s.exec(html)?.[0] ?? '');
const linksOf = (html: string): string[][] =>
  Array.from(html.matchAll(/<a href="(&#35;[^"]*|#[^"]*)">(.*?)<\/a>/g), ([, fragment = '', label = '']) => [
    textOf(fragment),
    textOf(label).trim(),
  ]);

describe('the overview of a graded run', () => {
  test('is a bar of passing, failing and ungraded cases; its legend leads to these and to what changed', () => {
    const above = head().split('<div id="folds">')[0] ?? '';
    expect(Array.from(above.matchAll(/<rect class="(\w+)"/g), ([, kind]) => kind)).toEqual([
      'pass',
      'fail',
      'ungraded',
    ]);
    expect(linksOf(above)).toEqual([
      ['#outcome=passing', `${GRADE_NAMES.passing} 24`],
      ['#outcome=failing', `${GRADE_NAMES.failing} 3`],
      ['#outcome=ungraded', `${GRADE_NAMES.ungraded} 1`],
      ['#outcome=broken', `${GRADE_NAMES.broken} 1`],
      ['#outcome=fixed', `${GRADE_NAMES.fixed} 1`],
      ['#outcome=flaky', `${GRADE_NAMES.flaky} 1`],
    ]);
  });

  test('leaves out what there is none of', () => {
    const above = head({ failed: 0, ungraded: 0, flaky: 0, comparison: null }).split('<div id="folds">')[0] ?? '';
    expect(linksOf(above)).toEqual([['#outcome=passing', `${GRADE_NAMES.passing} 24`]]);
    expect(above).toContain('width="100.00%"');
  });

  test('folds why, what it was compared with, and how the requests ended', () => {
    const html = head();
    const figures = figuresOf(html);
    expect(figures).toContain(grading.reason);
    expect(figures).toContain('aseline run 812 on main');
    expect(html).toContain('href="https://github.com/octo/evals/actions/runs/812"');
    expect(figures).toContain(printComparison({ code: 'requests-changed', count: 2 }));
    const leftOut = { added: 1, removed: 0, assertsChanged: 0, ungraded: 0 };
    expect(figures).toContain(printComparison({ code: 'left-out', ...leftOut }));
    expect(html.split('<div id="folds">')[1]).toContain('<rect class="cut"');
  });

  test.each<[string, Partial<SummaryGrading>, string]>([
    [
      'no baseline',
      { baseline: null, comparison: null, no_baseline: { code: 'none-yet', why: 'No baseline yet.' } },
      'No baseline yet.',
    ],
    ['too few pairs', withFigures({ findable: null, p: 0.5 }), printComparison({ code: 'findable-none', pairs: 27 })],
    [
      'nothing changed',
      withFigures({ is_spread_assumed: true, p: 1 }),
      printComparison({ code: 'findable-assumed', drop: '3.6', same: 0 }),
    ],
    [
      'too little to tell',
      withFigures({ more_cases: 1_170 }),
      printComparison({ code: 'more-cases', count: 1_170, isCapped: false }),
    ],
    [
      'far too little',
      withFigures({ more_cases: 10_000 }),
      printComparison({ code: 'more-cases', count: 10_000, isCapped: true }),
    ],
  ])('says so: %s', (_, changed, sentence) => {
    expect(figuresOf(head(changed))).toContain(sentence);
  });

  test('has rows for metrics and metadata that lead to their cases', () => {
    const html = head();
    expect(linksOf(html)).toEqual(
      expect.arrayContaining([
        ['#metric=facts', 'facts'],
        ['#metadata=topic%3Drefunds', 'topic=refunds'],
      ]),
    );
    const cells = Array.from(html.matchAll(/<td[^>]*>(.*?)<\/td>/g), ([, cell = '']) => textOf(cell));
    const at = (name: string): number => cells.indexOf(name);
    expect(cells.slice(at('facts'), at('facts') + 4)).toEqual(['facts', '24', '0.979', '1.000']);
    expect(cells.slice(at('tone'), at('tone') + 4)).toEqual(['tone', '1', '0.200', '']);
    expect(cells.slice(at('topic=refunds'), at('topic=refunds') + 4)).toEqual(['topic=refunds', '14', '14', '85.7 %']);
    const alone = head({ metrics: grading.metrics.map((metric) => ({ ...metric, compared: null })) });
    expect(alone).not.toContain(`>${PAGE_LABELS.baseline}</th>`);
  });

  test.each(attacks)('%s: in any text it makes no markup', (_, text) => {
    const of = (one: string): Partial<SummaryGrading> => ({
      reason: one,
      no_baseline: { code: 'refused', why: one },
      refused: [{ run_id: 1, code: 'unread', why: one }],
      baseline: grading.baseline && { ...grading.baseline, ref: one, commit: one, model: one, url: one },
      metrics: grading.metrics.map((metric) => ({ ...metric, metric: one })),
      labels: grading.labels.map((label) => ({ ...label, key: one, value: one })),
      judge: grading.judge && { ...grading.judge, model: one },
    });
    const tagsOf = (html: string): string[] => html.replace(/<\/?(?:a|bdi)\b/g, '').match(/<\/?[a-z]+|<!/gi) ?? [];
    const harmless = 'x'.repeat(Math.max(text.length, 1));
    expect(tagsOf(head(of(text)))).toEqual(tagsOf(head(of(harmless))));
  });
});

function withFigures(
  changed: Partial<NonNullable<NonNullable<SummaryGrading['comparison']>['figures']>>,
): Partial<SummaryGrading> {
  const { comparison } = grading;
  if (comparison === null || comparison.figures === null) return {};
  return { comparison: { ...comparison, figures: { ...comparison.figures, ...changed } } };
}
