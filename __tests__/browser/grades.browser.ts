import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { GRADE_NAMES, GRADE_WORDS, OUTCOME_NAMES } from '../../src/core/messages/outcome-names.ts';
import {
  choiceText,
  gradeNote,
  gradeText,
  LABELS,
  leftOutAssertsText,
  metricFailsText,
  statusText,
} from '../../src/core/messages/page-script.ts';
import type { PageCase } from '../../src/core/page/case.ts';
import { attacks } from '../core/page/attacks.ts';
import {
  assertOf,
  beforeOf,
  gradedCases,
  gradedOf,
  gradedSummary,
  gradeOf,
  grading,
  rankedOf,
} from '../core/page/graded-samples.ts';
import { caseOf, pageOf, said } from '../core/page/samples.ts';
import { focusOf, idsOf, shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
const gradedPageOf = (cases: readonly PageCase[]): string =>
  pageOf(cases, { summary: gradedSummary, ranked: rankedOf(cases) });
const all = gradedCases();
const html = gradedPageOf(all);
const outcomeOf = (page: Page, id: string): Promise<string> =>
  page
    .locator('.row')
    .filter({ has: page.getByText(id, { exact: true }) })
    .locator('.outcome')
    .textContent()
    .then((text) => text ?? '');
const textsIn = (page: Page, selector: string): Promise<string[]> =>
  page.locator(`.detail ${selector}`).allInnerTexts();

describe('the list', () => {
  test('has a line for each case, with what broke first', async () => {
    const page = await open(html);
    const ids = await idsOf(page);
    expect(ids).toHaveLength(28);
    expect(ids.slice(0, 6)).toEqual([
      'refund-broken',
      'delivery-failing',
      'flaky',
      'errored-ungraded',
      'refund-fixed',
      'delivery-same',
    ]);
    expect(await page.locator('#status').textContent()).toBe(shownText(28, 28));
  });

  test.each([
    ['refund-broken', 'fail', { change: 'broken', required: true }],
    ['refund-fixed', 'pass', { change: 'fixed' }],
    ['flaky', 'fail', { passed: 2, answers: 3 }],
    ['delivery-failing', 'fail', { incomplete: 'Cut off' }],
    ['errored-ungraded', 'ungraded', { incomplete: OUTCOME_NAMES.errored }],
    ['plain-0', 'pass', {}],
  ] as const)('a line says how its case was graded: %s', async (id, outcome, facts) => {
    const page = await open(html);
    const note = gradeNote({ change: null, required: false, passed: 1, answers: 1, incomplete: undefined, ...facts });
    expect(await outcomeOf(page, id)).toBe(`${GRADE_WORDS[outcome]} ${note}`.trim());
  });

  test('filters by grade; the counts are of cases', async () => {
    const page = await open(html);
    expect(await page.locator('#outcome option').allTextContents()).toEqual([
      LABELS.all,
      choiceText(GRADE_NAMES.broken, 1),
      choiceText(GRADE_NAMES.failing, 3),
      choiceText(GRADE_NAMES.ungraded, 1),
      choiceText(GRADE_NAMES.flaky, 1),
      choiceText(GRADE_NAMES.fixed, 1),
      choiceText(GRADE_NAMES.passing, 24),
      choiceText(GRADE_NAMES.required, 1),
      choiceText(LABELS.incomplete, 2),
      choiceText(LABELS.unanswered, 1),
      choiceText(OUTCOME_NAMES.whole, 26),
      choiceText(OUTCOME_NAMES.cut, 1),
      choiceText(OUTCOME_NAMES.errored, 1),
    ]);
    await page.selectOption('#outcome', 'failing');
    expect(await idsOf(page)).toEqual(['refund-broken', 'delivery-failing', 'flaky']);
    expect(await page.evaluate<string>('location.hash')).toBe('#outcome=failing');
  });

  test('requests without asserts are neither failing nor counted as cases', async () => {
    const cases = [
      gradedOf(0, gradeOf('fails', { outcome: 'fail' })),
      gradedOf(1, gradeOf('passes')),
      caseOf(2, { id: 'cut', stop_reason: 'max_tokens' }),
    ];
    const page = await open(gradedPageOf(cases), { fragment: '#outcome=failing' });
    expect(await idsOf(page)).toEqual(['fails']);
    const counts = { shown: 1, total: 3, leftOut: 0, unsearched: 0 };
    expect(await page.locator('#status').textContent()).toBe(statusText({ ...counts, isMixed: true }));
    await page.selectOption('#outcome', 'incomplete');
    expect(await idsOf(page)).toEqual(['cut']);
  });

  test('says of a filter how many of its cases are not on the page', async () => {
    const elsewhere = Array.from({ length: 4_972 }, () => ({ rank: 'other', answers: 1 }) as const);
    const ranked = [...rankedOf(all), ...elsewhere];
    const comparison = grading.comparison && { ...grading.comparison, fixed: 351 };
    const summary = { ...gradedSummary, grading: { ...grading, comparison } };
    const page = await open(pageOf(all, { summary, ranked, limit: all.length }), { fragment: '#outcome=fixed' });
    expect(await page.locator('#outcome option').allTextContents()).toEqual(
      expect.arrayContaining([choiceText(GRADE_NAMES.fixed, 1, 351), choiceText(GRADE_NAMES.failing, 3)]),
    );
    const status = page.locator('#status');
    const counts = { shown: 1, total: 28, unsearched: 0 };
    expect(await status.textContent()).toBe(statusText({ ...counts, leftOut: 350, isOfFilter: true }));
    await page.selectOption('#metadata', 'topic=refunds');
    expect(await status.textContent()).toBe(statusText({ ...counts, leftOut: 4_972 }));
    await page.locator('#reset').click();
    await page.selectOption('#outcome', 'failing');
    expect(await status.textContent()).toBe(statusText({ ...counts, shown: 3, leftOut: 0 }));
  });

  test('filters by metric and by metadata', async () => {
    const page = await open(html);
    expect(await page.locator('#metric option').allTextContents()).toEqual([
      LABELS.all,
      choiceText('tone', 1),
      choiceText(metricFailsText('tone'), 1),
      choiceText('facts', 24),
      choiceText(metricFailsText('facts'), 1),
    ]);
    await page.selectOption('#metric', 'fails:facts');
    expect(await idsOf(page)).toEqual(['flaky']);
    await page.selectOption('#metric', '');
    await page.selectOption('#metadata', 'topic=delivery');
    expect(await page.locator('#status').textContent()).toBe(shownText(14, 28));
    await page.selectOption('#outcome', 'ungraded');
    expect(await idsOf(page)).toEqual(['errored-ungraded']);
    const copy = await open(html, { fragment: await page.evaluate<string>('location.hash') });
    expect(await idsOf(copy)).toEqual(['errored-ungraded']);
  });

  test('sorts by score', async () => {
    const page = await open(html, { fragment: '#order=-score' });
    expect((await idsOf(page)).slice(-3)).toEqual(['refund-broken', 'delivery-failing', 'errored-ungraded']);
  });

  test('has no filter for what no case has', async () => {
    const page = await open(gradedPageOf([gradedOf(0, gradeOf('a'))]));
    const shown = "[...document.querySelectorAll('#controls select')].map(({ id }) => id)";
    expect(await page.evaluate<string[]>(shown)).toEqual(['outcome', 'stop', 'model', 'order']);
  });

  test.each([
    ['broken', ['refund-broken']],
    ['fixed', ['refund-fixed']],
    ['flaky', ['flaky']],
    ['required', ['refund-broken']],
    ['ungraded', ['errored-ungraded']],
    ['incomplete', ['delivery-failing', 'errored-ungraded']],
    ['unanswered', ['errored-ungraded']],
  ])('a link leads to the cases: %s', async (outcome, ids) => {
    const page = await open(html, { fragment: `#outcome=${outcome}` });
    expect(await idsOf(page)).toEqual(ids);
  });

  test('legend, metrics and metadata lead to their cases', async () => {
    const page = await open(html);
    await page.locator('.legend a', { hasText: GRADE_NAMES.broken }).first().click();
    await waitForStatus(page, shownText(1, 28));
    await page.locator('#figures > summary').click();
    await page.locator('#figures a', { hasText: 'topic=delivery' }).click();
    await waitForStatus(page, shownText(14, 28));
    await page.locator('#figures a', { hasText: 'tone' }).click();
    await waitForStatus(page, shownText(1, 28));
  });

  test('searches reasons, and marks them', async () => {
    const page = await open(html);
    await page.fill('#search', 'rubric forbids');
    await waitForStatus(page, shownText(1, 28));
    await page.locator('.row').click();
    const marked = "[...CSS.highlights.get('hit')].map(({ startContainer }) => startContainer.parentElement.className)";
    expect(await page.evaluate<string[]>(marked)).toContain('reason said-by');
  });
});

describe('a case', () => {
  test('shows what each assert found, those of sets within, what does not pass first', async () => {
    const page = await open(html, { fragment: '#case=refund-broken' });
    expect(await textsIn(page, '.grade-head > *')).toEqual([
      gradeText({ outcome: 'fail', score: 0.4 }),
      LABELS.required,
      'topic=refunds',
      'lang=en',
    ]);
    const asserts = await page.evaluate<string[][]>(
      "[...document.querySelectorAll('.detail .assert')].map((one) => [...one.children].map(({ textContent }) => textContent))",
    );
    expect(asserts).toEqual([
      ['Fail', 'contains', 'did not find "14 days"'],
      [
        ...['Fail', 'llm-rubric', 'tone'],
        'The answer tells the customer to pay for the parcel, which the rubric forbids.',
        'score 0.2 · weight 2 · judged by claude-opus-5, prompt 1',
      ],
      ['Pass', 'assert-set', 'facts', 'score 0.50 of 0.50'],
      ['Pass', 'icontains', 'found "kettle"'],
      ['Fail', 'not-regex', 'the pattern matches "5 days"'],
    ]);
    expect(await page.locator('.asserts .asserts > li').count()).toBe(2);
  });

  test('folds many that pass, and says how many are not on the page', async () => {
    const asserts = [...Array.from({ length: 9 }, () => assertOf()), assertOf({ outcome: 'fail' })];
    const grade = gradeOf('a', { outcome: 'fail', asserts, asserts_left_out: 7 });
    const page = await open(gradedPageOf([gradedOf(0, grade)]), { fragment: '#case=a' });
    expect(await page.locator('.detail .assert:visible').count()).toBe(1);
    await page.locator('.grade summary').click();
    expect(await page.locator('.detail .assert:visible').count()).toBe(10);
    const place = { file: 'grades.jsonl', artifact: 'claude-batch-evals-0' } as const;
    expect(await textsIn(page, '.grade .left-out')).toEqual([leftOutAssertsText(7, place)]);
  });

  test('has the baseline’s answer beside today’s, with what changed marked in both', async () => {
    const page = await open(html, { fragment: '#case=refund-broken' });
    expect(await textsIn(page, 'ins')).toEqual(['30', 'You', '; we']);
    expect(await textsIn(page, 'del')).toEqual(['14', 'We', ' and'.trim()]);
    const sideOf = (name: string): string => `document.querySelector('[data-text=${name}]').getBoundingClientRect()`;
    const places = `[${sideOf('answer')}, ${sideOf('before')}, ${sideOf('prompt')}].map(({ left, top, width }) => [left, top, width].map(Math.round))`;
    const [now, before, prompt] = await page.evaluate<[number, number, number][]>(places);
    expect(now?.[1]).toBe(before?.[1]);
    expect(before?.[0]).toBeGreaterThan((now?.[0] ?? 0) + (now?.[2] ?? 0));
    expect(prompt?.[2]).toBeGreaterThan(2 * (now?.[2] ?? 0));
    await page.locator('[data-as=markdown]').click();
    expect(await page.locator('.detail .markdown').count()).toBe(2);
    expect(await page.locator('.compared-note').isVisible()).toBe(false);
    await page.locator('[data-as=text]').click();
    expect(await page.locator('.detail ins').count()).toBe(3);
  });

  test.each<[string, PageCase['before'], string, number]>([
    ['the same', beforeOf('', { answer: null, is_same: true }), LABELS.beforeSame, 0],
    ['another one altogether', beforeOf('Nein.'), LABELS.changesNotMarked, 1],
    [
      'more texts',
      beforeOf('', { answer: [said(undefined, 'Yes, within 14 days.'), said(undefined, 'More')] }),
      LABELS.changesMarkedInPart,
      2,
    ],
    ['cut texts', beforeOf(`Yes, within ${'14 days. '.repeat(4_000)}`), LABELS.changesNotMarked, 2],
  ])('says how the baseline’s answer compares: %s', async (_, before, note, blocks) => {
    const found = { ...gradedOf(0, gradeOf('a'), { answer: 'Yes, within 30 days.' }), ...(before && { before }) };
    const page = await open(gradedPageOf([found]), { fragment: '#case=a' });
    expect(await textsIn(page, '.compared-note')).toEqual([note]);
    expect(await page.locator('[data-text=before] pre').count()).toBe(blocks);
  });

  test('the same answer takes no column', async () => {
    const page = await open(html, { fragment: '#case=delivery-same' });
    expect(await page.locator('.side').count()).toBe(2);
    expect(await page.locator('.side:last-child > [data-text]').count()).toBe(2);
  });

  test.each<[string, Partial<PageCase['before']>, string]>([
    ['an error', { outcome: 'errored', error: { type: 'api_error', message: 'Try again' } }, 'api_error: Try again'],
    ['nothing', { outcome: 'expired' }, OUTCOME_NAMES.expired],
  ])('says that the baseline had %s', async (_, changed, text) => {
    const before = beforeOf('', { answer: null, model: null, stop_reason: null, ...changed });
    const page = await open(gradedPageOf([{ ...gradedOf(0, gradeOf('a')), before }]), { fragment: '#case=a' });
    expect(await page.locator('[data-text=before] > :last-child').textContent()).toBe(text);
  });
});

describe('several answers to a case', () => {
  const answerIn = (page: Page): Promise<string | null> => page.locator('[data-text=answer] pre').textContent();
  const pressed = (page: Page): Promise<string[]> => textsIn(page, '.repeats [aria-pressed=true]');

  test('are one case, opened at the first that does not pass; the buttons go on and keep the focus', async () => {
    const page = await open(html, { fragment: '#case=flaky' });
    expect([await answerIn(page), await pressed(page)]).toEqual(['This is answer 2.', ['2 Fail']]);
    await page.locator('[data-to=next]').click();
    expect([await answerIn(page), await pressed(page)]).toEqual(['This is answer 3.', ['3 Pass']]);
    expect(await page.locator('[data-to=next]').isDisabled()).toBe(true);
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('3 Pass');
    await page.locator('[data-to="0"]').click();
    expect([await answerIn(page), await pressed(page)]).toEqual(['This is answer 1.', ['1 Pass']]);
    expect(await page.evaluate<string>('location.hash')).toBe('#case=flaky');
  });

  test('have each a link of its own, which opens it, also where the case is open', async () => {
    const page = await open(html, { fragment: '#case=flaky-r3' });
    expect(await answerIn(page)).toBe('This is answer 3.');
    expect(await page.locator('.share a').getAttribute('href')).toBe('#case=flaky-r3');
    expect(await focusOf(page)).toBe('flaky');
    await page.evaluate("location.hash = '#case=flaky-r1'");
    await page.locator('.repeats [aria-pressed=true]', { hasText: '1' }).waitFor();
    expect(await page.locator('.detail').count()).toBe(1);
  });
});

test('the download has a line for each answer, with its grades', async () => {
  const page = await open(html, { fragment: '#outcome=failing' });
  const download = page.waitForEvent('download');
  await page.locator('#csv').click();
  const lines = (await (await (await download).createReadStream()).toArray()).join('').split('\r\n');
  expect(lines[0]).toContain('custom_id,case,case_pass,change,required,pass,score,reasons,metric ');
  expect(lines.filter((line) => /^(?:refund-broken|delivery-failing|flaky-r\d),/.test(line))).toHaveLength(5);
});

describe('on a phone', () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  test.each(['', '#case=refund-broken', '#case=flaky', '#outcome=ungraded'])(
    'nothing is cut off: %j',
    async (fragment) => {
      const page = await open(html, { ...phone, fragment });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
      const wide =
        "[...document.querySelectorAll('.detail *, .row .outcome, .legend *')].filter((one) => one.getBoundingClientRect().right > 390).map(({ className }) => className)";
      expect(await page.evaluate<string[]>(wide)).toEqual([]);
    },
  );

  test('today’s answer comes before the baseline’s', async () => {
    const page = await open(html, { ...phone, fragment: '#case=refund-broken' });
    const tops =
      "['answer', 'before'].map((name) => document.querySelector(`[data-text=${name}]`).getBoundingClientRect().top)";
    const [now = 0, before = 0] = await page.evaluate<number[]>(tops);
    expect(before).toBeGreaterThan(now);
  });

  test('all filters are there', async () => {
    const page = await open(html, phone);
    await page.locator('#unfold').click();
    expect(await page.locator('#controls select:visible').count()).toBe(6);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
  });
});

test('untrusted texts in grades are shown and do nothing', async () => {
  const hostile = (text: string, position: number): PageCase => {
    const judge = { model: text, prompt: 1 };
    const inner = assertOf({ type: text, metric: text, reason: text, judge });
    const asserts = [assertOf({ type: text, metric: text, outcome: 'fail', reason: text, judge, asserts: [inner] })];
    const grade = gradeOf(`case-${position}`, { outcome: 'fail', asserts, case: { metadata: [[text, text]] } });
    return {
      ...gradedOf(position, grade, { answer: `${text} now` }),
      before: beforeOf(`${text} then`, { model: text, stop_reason: text }),
    };
  };
  const texts = attacks.map(([, text]) => text.slice(0, 2_000));
  const page = await open(gradedPageOf(texts.map(hostile)));
  await page.evaluate("for (const toggle of document.querySelectorAll('.toggle')) toggle.click()");
  expect(await page.locator('.detail').count()).toBe(texts.length);
  const kinds = "[...new Set([...document.querySelectorAll('.detail *')].map(({ localName }) => localName))].sort()";
  const ours = 'a b bdi button code dd del div dl dt h3 h4 ins li p pre section span ul'.split(' ');
  expect((await page.evaluate<string[]>(kinds)).filter((kind) => !ours.includes(kind))).toEqual([]);
  const acting =
    "[...document.querySelectorAll('*')].filter((each) => [...each.attributes].some(({ name }) => /^on|^style$|^src/.test(name))).length";
  expect(await page.evaluate<number>(acting)).toBe(0);
  const addresses =
    "[...document.querySelectorAll('.detail a')].filter((each) => !each.getAttribute('href').startsWith('#')).length";
  expect(await page.evaluate<number>(addresses)).toBe(0);
});
