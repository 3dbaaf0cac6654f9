import { describe, expect, test } from '@jest/globals';
import { accountsOf, failuresOf } from '../../../scripts/preview/accounts.ts';
import { judgingOf } from '../../../scripts/preview/graded-samples.ts';
import { GATES, type Grades, gradedOf, NO_GATE } from '../../../scripts/preview/grading.ts';
import { conclude } from '../../../src/core/endings/conclude.ts';
import { headlineOfGrades } from '../../../src/core/markdown/grades-headline.ts';
import { leadOfGrades } from '../../../src/core/markdown/grades-lead.ts';
import { headlineOf, severityOf } from '../../../src/core/markdown/headline.ts';
import { ledgerRows } from '../../../src/core/markdown/ledger.ts';
import { makeReport } from '../../../src/core/markdown/markdown.ts';
import { printBody } from '../../../src/core/markdown/report.ts';
import { GRADE_LABELS, GRADES, OUTCOMES } from '../../../src/core/messages/grades.ts';
import { HEADLINES } from '../../../src/core/messages/headlines.ts';
import { LABELS } from '../../../src/core/messages/report.ts';
import { type ComparisonWords, printComparison } from '../../../src/core/messages/verdicts.ts';
import { gradingHtml } from '../../../src/core/page/grading.ts';
import { outputsOf, type Stored } from '../../../src/core/summary/outputs.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary, SummaryGrading } from '../../../src/core/summary/summary.ts';
import { shortenUsd } from '../../../src/core/text/money.ts';
import { about, accounts, batch, collected } from '../summary/samples.ts';

const PAGE = { name: 'p', url: 'https://g.test/p' };
const NOTHING_STORED: Stored = {
  ...{ resultsFile: undefined, summaryFile: undefined, reportFile: undefined, pageFile: undefined },
  ...{ gradesFile: undefined, junitFile: undefined, artifact: undefined, page: undefined, comment: undefined },
};
const LINKS = { page: PAGE, artifact: { name: 'a', url: 'https://g.test/a' } };

const whole = {
  ...accounts,
  counts: { ...accounts.counts, total: 1317, errored: 0, expired: 0 },
  failures: [],
  incomplete: new Map(),
};

function summaryOf(grades: Grades, changed: Partial<typeof about.inputs> = {}, of: typeof accounts = whole): Summary {
  const inputs = { ...about.inputs, ...(grades.gates ?? GATES), maxErrorRateMicroPercent: 1_000_000, ...changed };
  const outcome = conclude(
    { accounts: of, files: collected.files, graded: gradedOf(grades) },
    { batches: [batch] },
    inputs,
  );
  return summarize(outcome, { ...about, inputs });
}

function gradingOf(summary: Summary): SummaryGrading {
  if (summary.grading === null) throw new Error('not graded');
  return summary.grading;
}

const FELL: Grades = { both: 259, broken: 15, fixed: 4, neither: 22 };
const NONE = { code: 'none-yet', branch: 'main' } as const;
const TURNED_OFF = { code: 'turned-off' } as const;
const MINIMUM = { ...NO_GATE, minPassRateMicroPercent: 80_000_000 };

/** What decides, the sign, the heading, and the list of cases that comes first. */
const ROWS: readonly (readonly [
  string,
  Grades,
  string,
  Summary['failure_codes'],
  ComparisonWords,
  string | undefined,
])[] = [
  [
    'fell',
    FELL,
    'bad',
    ['verdict-failed'],
    { code: 'heading-fell', before: '91.3', now: '87.7', broken: 15 },
    'broken',
  ],
  [
    'inconclusive',
    { both: 252, broken: 20, fixed: 13, neither: 15 },
    'doubtful',
    [],
    { code: 'heading-chance', drop: '2.3', baseline: 'main' },
    'broken',
  ],
  [
    'inconclusive, which fails',
    { both: 252, broken: 20, fixed: 13, neither: 15, gates: { ...GATES, onInconclusive: 'fail' } },
    'bad',
    ['verdict-inconclusive'],
    { code: 'heading-chance', drop: '2.3', baseline: 'main' },
    'broken',
  ],
  [
    'small but real',
    { both: 950, broken: 15, fixed: 2, neither: 33 },
    'good',
    [],
    { code: 'heading-allowed', isOfAnswers: false, maxDrop: 2, now: '95.2', before: '96.5', baseline: 'main' },
    'broken',
  ],
  [
    'within the limit',
    { both: 290, broken: 3, fixed: 2, neither: 5 },
    'good',
    [],
    { code: 'heading-compared', isOfAnswers: false, now: '97.3', before: '97.7', baseline: 'main' },
    undefined,
  ],
  [
    'better',
    { both: 256, broken: 8, fixed: 9, neither: 27 },
    'good',
    [],
    { code: 'heading-compared', isOfAnswers: false, now: '88.3', before: '88.0', baseline: 'main' },
    undefined,
  ],
  [
    'nothing passes, without a gate',
    { both: 0, neither: 4, gates: NO_GATE, none: TURNED_OFF },
    'doubtful',
    [],
    { code: 'heading-alone', isOfAnswers: false, now: '0.0' },
    undefined,
  ],
  [
    'few cases in both runs',
    { both: 2, neither: 1, added: 37 },
    'doubtful',
    [],
    { code: 'heading-few-pairs', isOfAnswers: false, now: '97.5', pairs: 3, graded: 40, baseline: 'main' },
    undefined,
  ],
  [
    'few cases in both runs, without a limit',
    { both: 2, neither: 1, added: 37, gates: NO_GATE },
    'doubtful',
    [],
    { code: 'heading-few-pairs', isOfAnswers: false, now: '97.5', pairs: 3, graded: 40, baseline: 'main' },
    undefined,
  ],
  [
    'half of the cases in both runs',
    { both: 2, neither: 1, added: 3 },
    'good',
    [],
    { code: 'heading-compared', isOfAnswers: false, now: '66.7', before: '66.7', baseline: 'main' },
    undefined,
  ],
  [
    'a real drop without a limit',
    { ...FELL, gates: NO_GATE },
    'doubtful',
    [],
    { code: 'heading-fell', before: '91.3', now: '87.7', broken: 15 },
    'broken',
  ],
  [
    'the same answers, graded again by something else',
    { ...FELL, isSame: true },
    'good',
    [],
    { code: 'heading-same', now: '87.7', isOfAnswers: false, baseline: 'main' },
    undefined,
  ],
  [
    'a large drop within a large limit',
    { both: 200, broken: 75, fixed: 0, neither: 25, gates: { ...GATES, maxDropMicroPercent: 25_000_000 } },
    'good',
    [],
    { code: 'heading-allowed', now: '66.7', isOfAnswers: false, before: '91.7', baseline: 'main', maxDrop: 25 },
    'broken',
  ],
  [
    'no case passes',
    { both: 0, neither: 4, gates: MINIMUM, none: TURNED_OFF },
    'bad',
    ['verdict-failed'],
    { code: 'heading-below-min', now: '0.0', minPercent: 80 },
    'failing',
  ],
  [
    'a first run',
    { both: 265, neither: 35, gates: NO_GATE, none: NONE },
    'good',
    [],
    { code: 'heading-alone', isOfAnswers: false, now: '88.3' },
    undefined,
  ],
  [
    'a first run with a limit',
    { both: 265, neither: 35, none: NONE },
    'doubtful',
    [],
    { code: 'heading-uncompared', isOfAnswers: false, now: '88.3', isFirst: true },
    undefined,
  ],
  [
    'a first run on the branch of the baseline',
    { both: 265, neither: 35, none: { code: 'first-run', branch: 'main' } },
    'doubtful',
    [],
    { code: 'heading-uncompared', isOfAnswers: false, now: '88.3', isFirst: true },
    undefined,
  ],
  [
    'another judge',
    { ...FELL, judging: judgingOf(false), judgeBefore: { model: 'claude-opus-5', prompt: 1 } },
    'doubtful',
    [],
    { code: 'heading-uncompared', isOfAnswers: false, now: '87.7', isFirst: false },
    undefined,
  ],
  [
    'a refused baseline',
    { both: 265, neither: 35, none: { code: 'refused', runId: 9, refusal: { code: 'fork' } } },
    'doubtful',
    [],
    { code: 'heading-uncompared', isOfAnswers: false, now: '88.3', isFirst: false },
    undefined,
  ],
  [
    'no baseline, which fails',
    { both: 265, neither: 35, none: NONE, gates: { ...GATES, onInconclusive: 'fail' } },
    'bad',
    ['verdict-not-comparable'],
    { code: 'heading-uncompared', isOfAnswers: false, now: '88.3', isFirst: true },
    undefined,
  ],
  [
    'a required case',
    { both: 259, broken: 5, fixed: 4, neither: 32, required: 2 },
    'bad',
    ['verdict-failed'],
    { code: 'heading-required', count: 2 },
    'failing',
  ],
  [
    'below the minimum',
    { both: 219, neither: 81, gates: MINIMUM, none: TURNED_OFF },
    'bad',
    ['verdict-failed'],
    { code: 'heading-below-min', now: '73.0', minPercent: 80 },
    'failing',
  ],
  [
    'too many ungraded',
    { both: 260, neither: 20, undecided: 20 },
    'bad',
    ['verdict-not-comparable'],
    { code: 'heading-ungraded', undecided: 20, cases: 300 },
    'ungraded',
  ],
  [
    'an outage of the judge',
    { both: 300, neither: 0, isBlank: true, judging: judgingOf(true) },
    'bad',
    ['judgements-missing', 'verdict-not-comparable'],
    { code: 'heading-not-graded', isJudge: true },
    'ungraded',
  ],
  [
    'nothing graded for other reasons',
    { both: 3, neither: 0, isBlank: true },
    'bad',
    ['verdict-not-comparable'],
    { code: 'heading-not-graded', isJudge: false },
    'ungraded',
  ],
];

describe.each(ROWS)('%s', (_, grades, severity, codes, headline, list) => {
  const summary = summaryOf(grades);
  const report = makeReport(summary, LINKS);

  test('sign, codes and heading', () => {
    expect(summary.failure_codes).toEqual(codes);
    expect([severityOf(summary), headlineOf(summary)]).toEqual([severity, printComparison(headline)]);
  });

  test('the list that decides comes first, and each list has one link', () => {
    const [first = ''] = report.links.split(' · ');
    expect(/#outcome=(\w+)/.exec(first)?.[1]).toBe(list);
    expect(first.startsWith('**[')).toBe(true);
    const linked = Array.from(printBody(report).matchAll(/#outcome=(\w+)/g), ([, name]) => name);
    expect(linked).toEqual([...new Set(linked)]);
    const { broken = 0, fixed = 0 } = gradingOf(summary).comparison ?? {};
    const { failed, ungraded } = gradingOf(summary);
    const lists = Object.entries({ broken, fixed, failing: failed, ungraded }).filter(([, count]) => count > 0);
    expect(new Set(linked)).toEqual(new Set(lists.map(([name]) => name)));
  });

  test('without a page nothing leads there', () => {
    expect(printBody(makeReport(summary, { page: undefined, artifact: undefined }))).not.toContain('#outcome');
  });

  test('money and commit are there, and no sentence twice', () => {
    const body = report.parts.join('\n\n');
    expect(body).toContain(`$${shortenUsd(summary.cost.usd ?? '')}`);
    expect(body).toContain('commit 0123456');
    const sentences = body.split(/(?<=\.)\s|\n+/).filter((sentence) => /^[^|].*[a-z]{4}/.test(sentence));
    expect(sentences).toEqual([...new Set(sentences)]);
  });
});

test.each<[string, Grades, number]>([
  ['a green one', { both: 2, neither: 1, added: 37 }, 1],
  ['a red one', { both: 40, broken: 15, neither: 5, added: 70 }, 1],
  ['one that may be chance', { both: 2, broken: 1, neither: 0, added: 37 }, 1],
  ['one of half of the cases', { both: 2, neither: 1, added: 3 }, 0],
])('a lead says if few cases could be compared: %s', (_, grades, times) => {
  const summary = summaryOf(grades);
  const grading = gradingOf(summary);
  const { pairs = 0 } = grading.comparison ?? {};
  const words = printComparison({ code: 'few-pairs', pairs, graded: grading.passed + grading.failed });
  const { sentences } = leadOfGrades(grading, summary.run, PAGE);
  expect(sentences.filter((one) => one.includes(words))).toHaveLength(times);
});

/** So many of 300 judgements brought nothing. */
function judgedBut(failed: number): NonNullable<Grades['judging']> {
  const accounts = accountsOf({
    answers: [{ model: 'claude-sonnet-5', count: 300 - failed, input: 910, output: 74 }],
    failures: failuresOf(['errored', 'overloaded_error', 'Overloaded', failed, 'msgjudge_01']),
  });
  return { ...judgingOf(false), accounts };
}

describe('what was asked for and is not graded is in the heading and its sign', () => {
  const PASSED: Grades = { both: 299, undecided: 1, neither: 0 };
  const alone = printComparison({
    code: 'heading-compared',
    isOfAnswers: false,
    now: '100.0',
    before: '100.0',
    baseline: 'main',
  });

  test.each<[string, Grades, string, readonly string[], string]>([
    ['a required case', { ...PASSED, required: 1 }, 'doubtful', [], HEADLINES['also-required-ungraded']({ count: 1 })],
    [
      'judgements within the limit',
      { ...PASSED, judging: judgedBut(2) },
      'doubtful',
      [],
      HEADLINES['also-not-judged']({ failed: 2, judgements: 300 }),
    ],
    [
      'judgements above the limit',
      { ...PASSED, judging: judgedBut(10) },
      'bad',
      ['judgements-missing'],
      HEADLINES['also-not-judged']({ failed: 10, judgements: 300 }),
    ],
  ])('%s', (_, grades, severity, codes, words) => {
    const summary = summaryOf(grades);
    expect([severityOf(summary), summary.failure_codes]).toEqual([severity, codes]);
    expect(headlineOf(summary)).toBe(`${alone}, ${words}`);
  });

  test('judgements that were not asked for', () => {
    const refused = { code: 'judging-refused', judgements: 1, problem: { code: 'no-api-key' } } as const;
    const graded = { ...gradedOf(PASSED), unjudged: [refused] };
    const inputs = { ...about.inputs, ...GATES, maxErrorRateMicroPercent: 1_000_000 };
    const outcome = conclude({ accounts: whole, files: collected.files, graded }, { batches: [batch] }, inputs);
    const summary = summarize(outcome, { ...about, inputs });
    expect([severityOf(summary), headlineOf(summary)]).toEqual(['bad', `${alone}, ${HEADLINES['also-unjudged']()}`]);
  });
});

test('the cost of a judged run is not called that of one batch', () => {
  const costOf = (grades: Grades) => ledgerRows(summaryOf(grades))?.cost[0]?.[0];
  expect(costOf({ ...FELL, judging: judgingOf(false) })).toBe(LABELS['judged-cost']);
  expect(costOf(FELL)).toBe(LABELS['batch-cost']);
});

/** The cells of the first table. */
function tableIn(text: string): string[][] {
  const [rows = ''] = /(?:^\|.*\|\n?)+/m.exec(text) ?? [];
  return rows
    .trim()
    .split('\n')
    .map((row) => row.slice(2, -2).split(' | '));
}

describe('the table of cases', () => {
  const partsOf = (grades: Grades, changed = {}) => makeReport(summaryOf(grades, changed), LINKS).parts;

  test('has what was found now and before, five rows open and five folded, and counts the rest', () => {
    const text = partsOf(FELL).join('\n\n');
    const [head, , first, ...others] = tableIn(text);
    const labels = GRADE_LABELS;
    expect(head).toEqual([labels.broken, labels.assert, labels.now, labels.before]);
    expect(first).toEqual([
      '[`refund-000`](https://g.test/p#case=refund-000)',
      '`contains`',
      'did not find "14 days"',
      'found "14 days"',
    ]);
    expect(others[0]?.[1]).toBe('`llm-rubric` (tone)');
    expect(others).toHaveLength(4);
    expect(text.match(/#case=/g)).toHaveLength(10);
    expect(text).toContain(`<summary>${GRADES['more-cases']({ count: 10 })}</summary>`);
    expect(text).toContain(GRADES['more-rows']({ count: 5 }));
  });

  test.each(['answers', 'none'] as const)('has no text of an answer where the artifact holds %s', (artifactContent) => {
    const [, , first] = tableIn(partsOf(FELL, { artifactContent }).join('\n\n'));
    expect(first?.slice(1)).toEqual(['`contains`', OUTCOMES.fail, OUTCOMES.pass]);
    expect(partsOf(FELL, { artifactContent }).join()).not.toContain('14 days');
  });

  test('cuts a long reason to one line, and escapes it', () => {
    const text = `<b>|\n${'x'.repeat(500)}`;
    const rows = tableIn(partsOf({ ...FELL, text }).join('\n\n')).slice(2);
    expect(rows).toHaveLength(5);
    for (const [, , now = '', before = ''] of rows)
      for (const cell of [now, before]) {
        expect(cell).toMatch(/^&#60;b&#62;&#124; x+…$/);
        expect(cell.length).toBeLessThan(150);
      }
  });

  test('has required cases alone where one decides', () => {
    const rows = tableIn(partsOf({ both: 259, broken: 5, fixed: 4, neither: 32, required: 2 }).join('\n\n'));
    expect(rows[0]?.[0]).toBe(GRADE_LABELS.required);
    expect(rows.slice(2).map(([id]) => /`(.*)`/.exec(id ?? '')?.[1])).toEqual(['refund-000', 'tone-001']);
  });

  test('has what broke as well where that is no chance, without the required cases', () => {
    const text = partsOf({ both: 200, broken: 60, fixed: 4, neither: 32, required: 2 }).join('\n\n');
    const [required = '', broken = ''] = text.split(`| ${GRADE_LABELS.broken} |`);
    const idsIn = (part: string) => Array.from(part.matchAll(/#case=([\w-]+)/g), ([, id]) => id);
    expect(idsIn(required)).toEqual(['refund-000', 'tone-001']);
    expect(idsIn(broken)).not.toContain('refund-000');
    expect(idsIn(broken)).toHaveLength(5);
    expect(broken).toContain(GRADES['more-cases']({ count: 53 }));
  });

  test('is folded where the drop may be chance', () => {
    const parts = partsOf({ both: 252, broken: 20, fixed: 13, neither: 15 });
    expect(parts.filter((part) => part.includes('#case='))).toEqual([expect.stringMatching(/^<details><summary>/)]);
  });

  test.each<[string, Grades]>([
    ['nothing decides', { both: 256, broken: 8, fixed: 9, neither: 27 }],
    ['every judgement failed', { both: 300, neither: 0, isBlank: true, judging: judgingOf(true) }],
  ])('is not there where %s', (_, grades) => {
    expect(partsOf(grades).filter((part) => part.includes('#case='))).toEqual([]);
  });
});

describe('the heading says as well', () => {
  test('that most cases have another model', () => {
    const grading = gradingOf(summaryOf({ ...FELL, model: 'claude-sonnet-5' }));
    const change = printComparison({ code: 'other-model', now: 'claude-sonnet-5', before: 'claude-haiku-4-5' });
    expect(headlineOfGrades(grading)).toContain(`(${change})`);
  });

  test('what has no answer, and what has no price', () => {
    const some = summaryOf({ both: 9, neither: 1, gates: NO_GATE, none: NONE }, {}, { ...accounts, unpriced: 3 });
    const alone = printComparison({ code: 'heading-alone', isOfAnswers: false, now: '90.0' });
    const words = [
      alone,
      HEADLINES['also-no-answer']({ count: 2, repeats: 1 }),
      HEADLINES['also-cost-unknown']({ isAll: false }),
    ];
    expect([severityOf(some), headlineOf(some)]).toEqual(['doubtful', words.join(', ')]);
  });

  test('how many answers are missing, where a case has several', () => {
    const some = summaryOf({ both: 9, neither: 1, gates: NO_GATE, none: NONE, repeats: 3 }, {}, accounts);
    const alone = printComparison({ code: 'heading-alone', isOfAnswers: true, now: '90.0' });
    expect(headlineOf(some)).toBe(`${alone}, ${HEADLINES['also-no-answer']({ count: 2, repeats: 3 })}`);
  });

  test('that too many requests have no answer, before anything of the grades', () => {
    const failed = summaryOf(FELL, { maxErrorRateMicroPercent: 0 }, accounts);
    expect(headlineOf(failed)).toBe(HEADLINES['no-answer']({ answered: 1317, total: 1319 }));
    expect(failed.failure_codes).toEqual(['error-rate-exceeded', 'verdict-failed']);
  });
});

test.each<[string, Grades, boolean]>([
  ['not where a required case fails', { both: 259, broken: 5, fixed: 4, neither: 32, required: 1 }, false],
  ['where nothing decides', { both: 259, broken: 5, fixed: 4, neither: 32 }, true],
])('that chance breaks cases too is said %s', (_, grades, isSaid) => {
  expect(printBody(makeReport(summaryOf(grades), LINKS)).includes(GRADES['as-chance-does']())).toBe(isSaid);
});

test('a refused run that is why there is no baseline is told once', () => {
  const refusal = { code: 'grades-edited' } as const;
  const refused = [9, 8].map((runId) => ({ artifactId: runId, runId, refusal }));
  const none = { code: 'refused', runId: 9, refusal } as const;
  const body = printBody(makeReport(summaryOf({ both: 265, neither: 35, none, refused }), LINKS));
  expect(body.match(/run 9\b/g)).toHaveLength(1);
  expect(body.match(/run 8\b/g)).toHaveLength(1);
});

test('there are no details where there is nothing to say', () => {
  const counts = { ...whole.counts, total: 400, succeeded: 400 };
  const summary = summaryOf({ both: 8, neither: 2, gates: NO_GATE, none: NONE }, {}, { ...whole, counts });
  expect(makeReport(summary, LINKS).folded).toHaveLength(1);
});

describe('the details', () => {
  const folded = (grades: Grades) => makeReport(summaryOf(grades), LINKS).folded[0] ?? '';

  test('have the figures of the comparison', () => {
    const text = folded({ ...FELL, judging: judgingOf(false), hasMetrics: true });
    const pairs = { pairs: 300, broken: 15, fixed: 4, p: '0.0059', test: 'mid-p' } as const;
    const words = [
      GRADES.pairs(pairs),
      GRADES['drop-interval']({ low: '0.8', high: '6.8' }),
      printComparison({ code: 'findable', drop: '3.6' }),
      GRADES.contradictions({ count: 2 }),
    ];
    for (const sentence of words) expect(text).toContain(sentence);
    expect(text).toContain(
      '(https://github.com/octo/evals/actions/runs/19283745812) on main, 2 days old, commit 9f8e7d6.',
    );
    expect(text).toContain('| accuracy | 300 | 0.877 | −0.037 |');
    expect(text).toContain('| language: de | 120 | 84.2 % |');
    expect(text).toContain('`msgbatch_01Hn3kLmT2vXQnR8sYbWdE9J`');
  });

  test.each([
    [300, true],
    [301, false],
  ])('of a run of %d requests have the cost of each of 300 cases: %s', (total, isThere) => {
    const counts = { ...whole.counts, total, succeeded: total };
    const { folded: details } = makeReport(summaryOf(FELL, {}, { ...whole, counts }), LINKS);
    const sentence = GRADES['cost-per-case']({ usd: '0.004115', isLowerBound: false });
    expect(details[0]?.includes(sentence)).toBe(isThere);
  });

  test('of repeats have how stable the answers are', () => {
    const text = folded({ both: 80, broken: 2, fixed: 3, neither: 6, flaky: 9, repeats: 3, gates: NO_GATE });
    const powers = [
      { k: 2, percent: '86.0' },
      { k: 3, percent: '83.0' },
    ];
    expect(text).toContain(GRADES['pass-power']({ powers }));
    expect(text).toContain(GRADES['flaky-cases']({ count: 9, repeats: 3 }));
  });

  test('name at most five runs that were not taken, with links', () => {
    const refused = Array.from({ length: 7 }, (_, at) => {
      return { artifactId: at, runId: 700 + at, refusal: { code: 'fork' } as const };
    });
    const text = folded({ ...FELL, refused });
    expect(text.match(/actions\/runs\/70\d\)/g)).toHaveLength(5);
    expect(text).toContain(GRADES['more-refused']({ count: 2 }));
  });

  test.each([
    [0.0059, '0.0059'],
    [1, '1'],
    [0.5, '0.5'],
    [1.6333234e-6, '0.0000016'],
  ])('print the p-value %d as %s', (p, words) => {
    const summary = summaryOf(FELL);
    const { comparison, ...rest } = gradingOf(summary);
    if (comparison?.figures == null) throw new Error('not compared');
    const grading = { ...rest, comparison: { ...comparison, figures: { ...comparison.figures, p } } };
    expect(makeReport({ ...summary, grading }, LINKS).folded[0]).toContain(`p = ${words} (`);
  });
});

test('an old baseline is a notice', () => {
  const summary = summaryOf({ ...FELL, baseline: { ageDays: 9, isOld: true } });
  const notice = printComparison({ code: 'baseline-old', days: 9, ref: 'refs/heads/main' });
  expect(makeReport(summary, LINKS).parts.at(-1)).toBe(`- ${notice}`);
});

test('every figure is rounded once: 15 of 19 are 78.9 %, and 78.95 % for programs', () => {
  const summary = summaryOf({ both: 15, neither: 4, none: TURNED_OFF, gates: NO_GATE });
  expect(headlineOfGrades(gradingOf(summary))).toBe(
    printComparison({ code: 'heading-alone', isOfAnswers: false, now: '78.9' }),
  );
  const report = makeReport(summary, LINKS);
  expect([...report.parts, ...report.folded].join('\n')).not.toContain('79.0');
  const outputs = outputsOf(summary, NOTHING_STORED);
  expect(outputs.get('pass-rate')).toBe('78.95');
});

describe('what must not be compared is told nowhere, only why', () => {
  const OTHER_JUDGE: Grades = {
    ...FELL,
    judging: judgingOf(false),
    judgeBefore: { model: 'claude-opus-5', prompt: 1 },
  };
  const UNGRADED: Grades = { both: 200, broken: 15, fixed: 4, neither: 20, undecided: 60, hasMetrics: true };

  test.each<[string, Grades, string]>([
    ['another judge', OTHER_JUDGE, 'other-judge'],
    ['another judge, without a limit', { ...OTHER_JUDGE, gates: NO_GATE }, 'other-judge'],
    [
      'another judge, below the minimum',
      { ...OTHER_JUDGE, gates: { ...GATES, ...MINIMUM, minPassRateMicroPercent: 9e7 } },
      'other-judge',
    ],
    ['another judge and a required case', { ...OTHER_JUDGE, required: 1 }, 'other-judge'],
    ['too many ungraded', UNGRADED, 'too-many-ungraded'],
    ['too many ungraded and a required case', { ...UNGRADED, required: 1 }, 'too-many-ungraded'],
  ])('%s', (_, grades, code) => {
    const summary = summaryOf(grades);
    const grading = gradingOf(summary);
    expect([grading.comparison, grading.not_compared?.code]).toEqual([null, code]);
    expect(grading.metrics.map(({ compared }) => compared)).toEqual(grading.metrics.map(() => null));
    expect([grading.examples.broken, grading.examples.fixed]).toEqual([[], []]);
    const outputs = outputsOf(summary, NOTHING_STORED);
    const names = ['baseline-pass-rate', 'drop', 'broken-count', 'fixed-count', 'baseline-run-id', 'p-value'] as const;
    expect(names.filter((name) => outputs.has(name))).toEqual([]);
    const { parts, folded } = makeReport(summary, LINKS);
    const text = [...parts, ...folded, gradingHtml(grading)].join('\n');
    expect(text).not.toMatch(/p = |[±−+]\d|outcome=(?:broken|fixed)/);
    expect(text).toContain(grading.not_compared?.why.split('.')[0]);
  });
});

test('the same answers, graded again: both rates are told, and no figure of a change', () => {
  const summary = summaryOf({ ...FELL, isSame: true });
  const outputs = outputsOf(summary, NOTHING_STORED);
  const names = ['pass-rate', 'baseline-pass-rate', 'drop', 'p-value'] as const;
  expect(names.map((name) => outputs.get(name))).toEqual(['87.67', '91.33', '0.00', '1.00000']);
  const { parts, folded } = makeReport(summary, LINKS);
  const text = [...parts, ...folded, gradingHtml(gradingOf(summary))].join('\n');
  expect(text).toContain(printComparison({ code: 'same-answers', count: 300, pairs: 300, regraded: 19 }).slice(0, -1));
  expect(text).not.toMatch(/p = |[±−+]\d|four of five/);
});

test('rates over fewer pairs than cases say so', () => {
  const lead = (grades: Grades) => makeReport(summaryOf(grades), LINKS).parts.join('\n');
  const drop = { both: 34, broken: 2, fixed: 0, neither: 1, gates: { ...GATES, maxUngradedMicroPercent: 10_000_000 } };
  const rates = { now: '91.9', before: '97.3', baseline: 'main', pairs: 37, isOfAnswers: false };
  expect(lead(drop)).toContain(GRADES['rates-beside'](rates));
  const over = lead({ ...drop, added: 3 });
  expect(over).not.toContain(GRADES['rates-beside'](rates));
  expect(over).toContain(GRADES['rates-over-pairs'](rates));
});

test('a run that found a drop does not say that it could not have', () => {
  const summary = summaryOf({ both: 15, broken: 5, fixed: 0, neither: 0 });
  const found = [...makeReport(summary, LINKS).folded, gradingHtml(gradingOf(summary))].join('\n');
  expect(found).not.toMatch(/four of five|too few/);
  const none = summaryOf({ both: 18, broken: 1, fixed: 0, neither: 1 });
  expect(makeReport(none, LINKS).folded.join('')).toContain(printComparison({ code: 'findable-none', pairs: 20 }));
});

test('with repeats, cases and answers are told apart, and the limit is for cases', () => {
  const grades: Grades = { both: 0, neither: 0, flaky: 6, repeats: 2, none: TURNED_OFF };
  const free = gradingOf(summaryOf({ ...grades, gates: NO_GATE }));
  expect(headlineOfGrades(free)).toBe(printComparison({ code: 'heading-alone', now: '50.0', isOfAnswers: true }));
  const counts = { passed: 0, cases: 6, ungraded: 0, repeats: 2, rate: '50.0' };
  expect(leadOfGrades(free, summaryOf(grades).run, PAGE).sentences.join()).toContain(GRADES['cases-pass'](counts));
  const held = gradingOf(summaryOf({ ...grades, gates: MINIMUM }));
  expect(headlineOfGrades(held)).toBe(printComparison({ code: 'heading-below-min', now: '0.0', minPercent: 80 }));
});

describe('judgements without a result are told in the heading, whatever else is well', () => {
  const good = judgingOf(false);
  const judging = { ...good, accounts: { ...good.accounts, counts: { ...good.accounts.counts, succeeded: 290 } } };
  const grades: Grades = { both: 290, neither: 0, undecided: 10, judging };
  const words = HEADLINES['also-not-judged']({ failed: 10, judgements: 300 });

  test.each([
    ['below the limit', 50_000_000, 'doubtful'],
    ['above the limit', 500_000, 'bad'],
  ])('%s', (_, maxErrorRateMicroPercent, severity) => {
    const summary = summaryOf(grades, { maxErrorRateMicroPercent });
    expect([severityOf(summary), headlineOf(summary).includes(words)]).toEqual([severity, true]);
  });

  test('and those that were not sent', () => {
    const summary = { ...summaryOf({ both: 290, neither: 10, gates: NO_GATE }), failure_codes: ['judging-refused'] };
    expect(headlineOf({ ...summary, failure: 'x' })).toContain(HEADLINES['also-unjudged']());
  });
});

test('a required case that is not graded is never a clean pass, and is named', () => {
  const summary = summaryOf({
    both: 299,
    neither: 0,
    undecided: 1,
    requiredUndecided: 1,
    none: TURNED_OFF,
    gates: NO_GATE,
  });
  const grading = gradingOf(summary);
  const [id = ''] = grading.required_ungraded;
  expect([grading.verdict, severityOf(summary), id]).toEqual(['pass', 'doubtful', 'refund-000']);
  expect(headlineOf(summary)).toContain(HEADLINES['also-required-ungraded']({ count: 1 }));
  const { sentences } = leadOfGrades(grading, summary.run, undefined);
  expect(sentences.at(-1)).toContain(id);
  expect(gradingHtml(grading)).toContain(GRADES['required-ungraded']({ ids: [id], count: 1 }));
});

test('a broken case with repeats says how many of its answers pass, now and before', () => {
  const summary = summaryOf(FELL);
  const grading = gradingOf(summary);
  const share = { now: { passed: 1, graded: 3 }, before: { passed: 2, graded: 3 } };
  const examples = { ...grading.examples, broken: grading.examples.broken.map((one) => ({ ...one, share })) };
  const text = makeReport({ ...summary, grading: { ...grading, examples } }, LINKS).parts.join('\n');
  expect(text).toContain(`| ${GRADES['answers-pass'](share.now)}`);
  expect(text).toContain(`| ${GRADES['answers-pass'](share.before)}`);
});
