import { describe, expect, test } from '@jest/globals';
import { GATES, type Grades, gradedOf, NO_GATE } from '../../../scripts/preview/grading.ts';
import { holdsSection, placeSection } from '../../../src/core/comment/comment.ts';
import {
  type SectionSummary,
  summarizeSection,
  summarizeWaiting,
  summaryFrom,
} from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { renderSectionsTable } from '../../../src/core/comment/sections-table.ts';
import { conclude } from '../../../src/core/endings/conclude.ts';
import { SECTION_LABELS, SECTIONS, VERDICTS } from '../../../src/core/messages/sections.ts';
import { printComparison } from '../../../src/core/messages/verdicts.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import { about, accounts, batch, collected, run } from '../summary/samples.ts';
import { bodyOf, one, ownOf, sectionOf, two, write } from './samples.ts';

const LINKS = { page: { name: 'p', url: 'https://g.test/p' }, artifact: undefined };

function sectionOfGrades(
  grades: Grades,
  changed: { readonly name?: string; readonly event?: string } = {},
): SectionSummary {
  const inputs = { ...about.inputs, ...(grades.gates ?? GATES), maxErrorRateMicroPercent: 1_000_000 };
  const outcome = conclude(
    { accounts, files: collected.files, graded: gradedOf(grades) },
    { batches: [batch] },
    inputs,
  );
  const summary = summarize(outcome, { ...about, inputs });
  const { name = 'evals-0', event = 'pull_request' } = changed;
  return summarizeSection({ ...summary, run: { ...summary.run, name, event } }, run, LINKS);
}

const FELL: Grades = { both: 259, broken: 15, fixed: 4, neither: 22 };
const DOUBTFUL: Grades = { both: 252, broken: 20, fixed: 13, neither: 15 };
const PASSED: Grades = { both: 256, broken: 8, fixed: 9, neither: 27 };
const FIRST: Grades = { both: 265, neither: 35, gates: NO_GATE, none: { code: 'none-yet', branch: 'main' } };
const NOT_COMPARED: Grades = { ...FIRST, gates: GATES };
const BLANK: Grades = { ...NOT_COMPARED, both: 3, neither: 0, isBlank: true };

const cellsOf = (table: string): string[][] =>
  table.split('\n').map((row) =>
    row
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );

const tableOf = (...summaries: readonly SectionSummary[]): string[][] =>
  cellsOf(renderSectionsTable(summaries.map((summary) => ({ summary, isOlder: false, hasStep: false }))));

describe('the summary of a graded section', () => {
  test.each<[SectionSummary['verdict'], Grades, SectionSummary['grades']]>([
    ['verdict-failed', FELL, { passRate: '87.7', drop: '3.7', baseline: 'main', broken: 15, risk: 0.05 }],
    ['inconclusive', DOUBTFUL, { passRate: '88.3', drop: '2.3', baseline: 'main', broken: 20, risk: 0.05 }],
    ['passed', PASSED, { passRate: '88.3', drop: '-0.3', baseline: 'main', broken: 8, risk: 0.05 }],
    [
      'passed',
      { ...PASSED, gates: NO_GATE },
      { passRate: '88.3', drop: '-0.3', baseline: 'main', broken: 8, risk: null },
    ],
    ['passed', FIRST, { passRate: '88.3', drop: null, baseline: null, broken: 0, risk: null }],
    ['not-compared', NOT_COMPARED, { passRate: '88.3', drop: null, baseline: null, broken: 0, risk: null }],
    ['verdict-failed', BLANK, { passRate: null, drop: null, baseline: null, broken: 0, risk: null }],
  ])('%s', (verdict, grades, expected) => {
    const summary = sectionOfGrades(grades);
    expect(summary).toMatchObject({ verdict, grades: expected, runs: expected?.risk == null ? null : 1 });
    expect(summaryFrom(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
    expect(parseSections(bodyOf([sectionOf('a', { summary })]))[0]?.summary).toEqual(summary);
  });

  test('that failed for something else says that', () => {
    const inputs = { ...about.inputs, ...GATES, maxErrorRateMicroPercent: 0 };
    const outcome = conclude(
      { accounts, files: collected.files, graded: gradedOf(FELL) },
      { batches: [batch] },
      inputs,
    );
    expect(summarizeSection(summarize(outcome, { ...about, inputs }), run, LINKS).verdict).toBe('failed');
  });

  test.each([
    ['no object', 'x', null],
    ['odd members', { passRate: '1', drop: 3, baseline: '', broken: -1, risk: 2 }, {}],
    ['a long name', { baseline: 'b'.repeat(99) }, { baseline: 'b'.repeat(40) }],
  ])('that somebody changed: %s', (_, grades, known) => {
    const nothing = { passRate: null, drop: null, baseline: null, broken: 0, risk: null };
    const summary = summaryFrom({ ...JSON.parse(JSON.stringify(sectionOfGrades(FELL))), grades });
    expect(summary?.grades).toEqual(known && { ...nothing, ...known });
  });
});

describe('the table of sections', () => {
  const labels = SECTION_LABELS;
  const waiting = summarizeWaiting('w', run, { requests: 9, estimate: null });
  const against = (baseline: string) => SECTIONS.against({ baseline });

  test('has pass rates and differences, and leads to what broke', () => {
    const [head, , ...rows] = tableOf(
      sectionOfGrades(FELL),
      sectionOfGrades(DOUBTFUL),
      sectionOfGrades(PASSED),
      sectionOfGrades(FIRST),
      waiting,
    );
    const { result, name, answered, cost } = labels;
    expect(head).toEqual([result, name, SECTIONS['pass-rate'](), against('main'), answered, cost, '']);
    expect(rows.map((cells) => [cells[0], cells[2], cells[3], cells.at(-1)])).toEqual([
      [
        `❌ ${VERDICTS['verdict-failed']}`,
        '87.7 %',
        '−3.7',
        `[${SECTIONS.broken({ count: 15 })}](https://g.test/p#outcome=broken)`,
      ],
      [
        `⚠️ ${VERDICTS.inconclusive}`,
        '88.3 %',
        '−2.3',
        `[${SECTIONS.broken({ count: 20 })}](https://g.test/p#outcome=broken)`,
      ],
      // Two requests have no answer.
      [`⚠️ ${VERDICTS.passed}`, '88.3 %', '+0.3', `[${SECTIONS.broken({ count: 8 })}](https://g.test/p#outcome=broken)`],
      [`⚠️ ${VERDICTS.passed}`, '88.3 %', '', `[${SECTIONS.answers()}](https://g.test/p)`],
      [`⏳ ${VERDICTS.waiting}`, '', '', ''],
    ]);
  });

  test.each([
    ['no row is graded', [waiting], []],
    ['none is compared', [sectionOfGrades(FIRST)], [SECTIONS['pass-rate']()]],
    [
      'rows have several baselines',
      [sectionOfGrades(FELL), sectionOfGrades({ ...FELL, baseline: { ref: 'refs/heads/next' } })],
      [SECTIONS['pass-rate'](), against('')],
    ],
  ])('where %s, has the columns for it', (_, summaries, columns) => {
    expect(tableOf(...summaries)[0]?.slice(2, -3)).toEqual(columns);
  });

  test('says what else decided than a drop', () => {
    const [, , row] = tableOf(sectionOfGrades(BLANK));
    expect(row?.[0]).toContain(printComparison({ code: 'heading-not-graded', isJudge: false }));
  });

  test('the name of a baseline is no markup', () => {
    const [head] = tableOf(sectionOfGrades({ ...FELL, baseline: { ref: 'refs/heads/<b>|' } }));
    expect(head?.[3]).toBe(against('&#60;b&#62;&#124;'));
  });
});

describe('a change that is tested many times', () => {
  const gates = (count: number) =>
    printComparison({ code: 'many-gates', gates: count, percent: count === 2 ? 10 : 14 });
  const runs = (count: number) => printComparison({ code: 'many-runs', run: count, percent: 5 });
  const sections = ['a', 'b', 'c'].map((name) => sectionOf(name, { summary: sectionOfGrades(PASSED, { name }) }));

  test('by several limits: the comment says how often one fails by chance', () => {
    expect(bodyOf(sections)).toContain(gates(3));
    expect(bodyOf(sections.slice(1))).toContain(gates(2));
    expect(bodyOf(sections.slice(2))).not.toContain(gates(2).slice(2));
  });

  test('those of an older commit do not count', () => {
    const newer = { origin: two };
    const mixed = sections.map((section, at) => (at === 0 ? section : { ...section, ...newer }));
    expect(bodyOf(mixed)).toContain(gates(2));
  });

  const gated = sectionOfGrades(PASSED, { name: 'a' });
  const waiting = summarizeWaiting('a', run, { requests: 9, estimate: null });
  const bodyAfter = (updates: readonly (readonly [runId: number, summary: SectionSummary])[]): string =>
    updates.reduce((body, [runId, summary]) => {
      const origin = { sha: `${runId}`.padStart(7, 'a'), runId };
      return write(body, ownOf('a', { origin, summary }));
    }, '');

  test.each<[string, readonly (readonly [number, SectionSummary])[], number | null]>([
    [
      'one run',
      [
        [1, waiting],
        [1, gated],
      ],
      1,
    ],
    [
      'attempts are one run',
      [
        [1, gated],
        [1, waiting],
        [1, gated],
      ],
      1,
    ],
    [
      'runs add up, also while one waits',
      [
        [1, gated],
        [2, waiting],
        [2, gated],
        [3, gated],
        [4, waiting],
      ],
      3,
    ],
    [
      'runs without a limit do not count',
      [
        [1, gated],
        [2, sectionOfGrades(FIRST, { name: 'a' })],
      ],
      1,
    ],
    ['nightly runs measure no change', [[1, sectionOfGrades(PASSED, { name: 'a', event: 'schedule' })]], null],
  ])('run after run: %s', (_, updates, count) => {
    expect(parseSections(bodyAfter(updates))[0]?.summary?.runs).toBe(count);
  });

  test('the comment says so from the third run on', () => {
    expect(
      bodyAfter([
        [1, gated],
        [2, gated],
      ]),
    ).not.toContain(runs(2));
    expect(
      bodyAfter([
        [1, gated],
        [2, gated],
        [3, gated],
      ]),
    ).toContain(runs(3));
  });

  test('the count does not make a section look lost', () => {
    const own = ownOf('a', { origin: one, summary: gated });
    const { sections: written, id = '' } = placeSection(
      [sectionOf('a', { summary: { ...gated, runs: 4, lastRun: 9 } })],
      own,
    );
    expect(written[0]?.summary).toMatchObject({ runs: 5, lastRun: 100 });
    expect(holdsSection(written, id, own)).toBe(true);
  });
});
