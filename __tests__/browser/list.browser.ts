import { expect, test } from '@jest/globals';
import { whatThereIs } from '../../src/core/markdown/log-lines.ts';
import { OUTCOME_NAMES } from '../../src/core/messages/outcome-names.ts';
import {
  choiceText,
  HEADS,
  LABELS,
  ORDER_NAMES,
  outcomeText,
  statusText,
} from '../../src/core/messages/page-script.ts';
import { caseOf, casesOf, pageOf, summary } from '../core/page/samples.ts';
import { idsOf, shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
const cases = casesOf(300);
const html = pageOf(cases);

test('2,000 cases: failures first, then as in the file', async () => {
  const many = casesOf(2_000);
  const page = await open(pageOf(many));
  const ids = await idsOf(page);
  expect(ids).toHaveLength(2_000);
  expect(await page.locator('#status').textContent()).toBe(shownText(2_000, 2_000));
  const failed = many.filter(({ outcome }) => outcome !== 'succeeded').map(({ id }) => id);
  const cut = many.filter(({ stop_reason }) => stop_reason === 'max_tokens').map(({ id }) => id);
  expect(ids.slice(0, failed.length + cut.length)).toEqual([...failed, ...cut]);
  expect(ids.slice(-3)).toEqual(['case-1997', 'case-1998', 'case-1999']);
});

test('searches ids, prompts and answers', async () => {
  const page = await open(html);
  await page.fill('#search', 'QUESTION 77: **154**');
  await waitForStatus(page, shownText(1, 300));
  expect(await idsOf(page)).toEqual(['case-77']);
  await page.fill('#search', 'must be at least 1');
  await waitForStatus(page, shownText(3, 300));
  await page.fill('#search', 'nowhere to be found');
  await waitForStatus(page, shownText(0, 300));
  await page.fill('#search', '');
  await waitForStatus(page, shownText(300, 300));
});

test('filters by outcome', async () => {
  const page = await open(html);
  expect(await page.locator('#outcome option').allTextContents()).toEqual([
    LABELS.all,
    choiceText(LABELS.incomplete, 8),
    choiceText(LABELS.unanswered, 5),
    choiceText(OUTCOME_NAMES.errored, 3),
    choiceText(OUTCOME_NAMES.expired, 1),
    choiceText(OUTCOME_NAMES.canceled, 1),
    choiceText(OUTCOME_NAMES.cut, 3),
    choiceText(OUTCOME_NAMES.whole, 292),
  ]);
  await page.selectOption('#outcome', 'errored');
  expect(await idsOf(page)).toEqual(['case-17', 'case-117', 'case-217']);
  await page.selectOption('#outcome', 'failing');
  expect(await page.locator('#status').textContent()).toBe(shownText(8, 300));
});

test('without grades, what has no complete answer is what fails', async () => {
  const page = await open(html, { fragment: '#outcome=incomplete' });
  expect(await page.locator('#status').textContent()).toBe(shownText(8, 300));
  expect(await page.evaluate<string>('location.hash')).toBe('#outcome=failing');
});

test('filters by model', async () => {
  const page = await open(html);
  await page.selectOption('#model', 'claude-haiku-5-5');
  const haiku = cases.filter(({ model }) => model === 'claude-haiku-5-5').map(({ id }) => id);
  expect((await idsOf(page)).toSorted()).toEqual(haiku.toSorted());
  expect(await page.locator('#model option').allTextContents()).toContain(choiceText('claude-haiku-5-5', haiku.length));
});

test('filters those without a model', async () => {
  const named = [caseOf(0), caseOf(1, { outcome: 'errored', tokens: null, usd: null, answer: null })];
  const nameless = [caseOf(2, { model: null }), caseOf(3, { model: null })];
  const page = await open(pageOf([...named, ...nameless]));
  expect(await page.locator('#model option').allTextContents()).toEqual([
    LABELS.all,
    choiceText('claude-opus-5', 1),
    choiceText('claude-haiku-5-5', 1),
    choiceText(LABELS.noModel, 2),
  ]);
  await page.selectOption('#model', { label: choiceText(LABELS.noModel, 2) });
  const copy = await open(pageOf([...named, ...nameless]), { fragment: await page.evaluate<string>('location.hash') });
  for (const one of [page, copy]) expect(await idsOf(one)).toEqual(['case-2', 'case-3']);
});

test('where every model is known, none is offered for the others', async () => {
  const page = await open(pageOf([caseOf(0), caseOf(1)]));
  expect(await page.locator('#model option').allTextContents()).toHaveLength(3);
});

test('a search says that it does not see everything', async () => {
  const long = 'p'.repeat(30_000);
  const cases = [caseOf(0, { prompt: `${long} hidden ${long}` }), caseOf(1, { answer: long }), caseOf(2)];
  const page = await open(pageOf(cases));
  expect(await page.locator('#status').textContent()).toBe(shownText(3, 3));
  await page.fill('#search', 'hidden');
  await waitForStatus(page, shownText(0, 3, 2));
  // Also of cases that a filter hides.
  await page.fill('#search', '');
  await waitForStatus(page, shownText(3, 3));
  expect(await page.locator('#status').textContent()).toBe(shownText(3, 3));
});

test('a search that sees all says no more than the count', async () => {
  const page = await open(html);
  await page.fill('#search', 'nowhere to be found');
  await waitForStatus(page, shownText(0, 300));
  expect(await page.locator('#status').textContent()).toBe(shownText(0, 300));
});

test('a line has id, outcome, question and answer, model and cost', async () => {
  const error = { type: 'api_error', message: 'Try again' };
  const cases = [
    caseOf(0, { prompt: 'What is\n 1 + 1?', answer: '# Two', usd: '0.000100' }),
    caseOf(1, {
      prompt: 'And 2?',
      stop_reason: 'max_tokens',
      answer: [{ kind: 'tool-call', name: 'sum', text: '{}' }],
    }),
    caseOf(2, { prompt: 'And 3?', outcome: 'errored', error, answer: null, tokens: null, usd: null }),
  ];
  const page = await open(pageOf(cases), { fragment: '#order=file' });
  expect(await page.locator('.heads > *').allTextContents()).toEqual(Object.values(HEADS));
  const texts = await page.evaluate<string[][]>(
    "[...document.querySelectorAll('.row')].map((row) => [...row.children].map((cell) => cell.innerText.replace(/\\n/g, ' ')))",
  );
  expect(texts).toEqual([
    ['case-0', outcomeText('whole', undefined), 'What is 1 + 1? \u2192 # Two', 'claude-haiku-5-5', '$0.000100'],
    ['case-1', outcomeText('cut', 'max_tokens'), 'And 2? \u2192 sum {}', 'claude-opus-5', '$0.001037'],
    ['case-2', outcomeText('errored', undefined), 'And 3? \u2192 Try again', 'claude-opus-5', ''],
  ]);
});

test('a page without prompts has answers alone in its lines', async () => {
  const page = await open(pageOf([caseOf(0, { prompt: 'What?', answer: 'That.' })], { content: 'answers' }));
  expect(await page.locator('.row :is(.question, .reply)').allTextContents()).toEqual(['', 'That.']);
  expect(await page.locator('.row .arrow').isVisible()).toBe(false);
});

test('a name that its column may cut has the whole as its title', async () => {
  const names = { id: `long-${'x'.repeat(90)}`, model: 'claude-haiku-4-5-20251001' };
  const page = await open(pageOf([caseOf(0, names)]));
  const titles = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.row [title]')].map(({ title }) => title)",
  );
  expect(titles).toEqual([names.id, names.model]);
});

test.each(['claude-haiku-4-5-20251001', 'claude-sonnet-4-5-20250929'])(
  '%s is not cut at 1,200 pixels',
  async (model) => {
    const page = await open(pageOf([caseOf(0, { model })]));
    expect(
      await page.evaluate<boolean>(
        "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('.row .model'))",
      ),
    ).toBe(false);
  },
);

test('sorts', async () => {
  const page = await open(html);
  expect(await page.locator('#order option').allTextContents()).toEqual(
    Object.entries(ORDER_NAMES).flatMap(([order, name]) => (order.endsWith('score') ? [] : name)),
  );
  await page.selectOption('#order', 'file');
  expect(await idsOf(page)).toEqual(cases.map(({ id }) => id));
  await page.selectOption('#order', 'cost');
  const costs = await page.locator('#cases .row > :last-child').allTextContents();
  expect(costs).toEqual(costs.toSorted().toReversed());
  expect([costs.at(0), costs.at(-1)]).toEqual(['$0.003997', '']);
});

test('heads of columns sort, with mouse and keyboard, and say how', async () => {
  const page = await open(html);
  const sorted = (): Promise<string[]> =>
    page.evaluate<string[]>("[...document.querySelectorAll('[role=columnheader]')].map((head) => head.ariaSort ?? '')");
  expect(await sorted()).toEqual(['', 'ascending', '', '', '']);
  await page.locator('.heads button', { hasText: HEADS.cost }).click();
  expect(await sorted()).toEqual(['', '', '', '', 'descending']);
  const [dearest] = await idsOf(page);
  expect(dearest).toBe(cases.toSorted((one, other) => (other.usd ?? '').localeCompare(one.usd ?? ''))[0]?.id);
  await page.keyboard.press('Enter');
  expect(await sorted()).toEqual(['', '', '', '', 'ascending']);
  expect((await idsOf(page)).at(-1)).toBe(dearest);
  expect(await page.inputValue('#order')).toBe('-cost');
  expect(await page.evaluate('location.hash')).toBe('#order=-cost');
  await page.focus('.heads button');
  await page.keyboard.press('Space');
  expect(await sorted()).toEqual(['ascending', '', '', '', '']);
  expect((await idsOf(page)).slice(0, 3)).toEqual(['case-0', 'case-1', 'case-2']);
  await page.selectOption('#order', 'tokens');
  expect(await sorted()).toEqual(['', '', '', '', '']);
});

test('an alias and the dated name of its model are one model', async () => {
  const named = [
    caseOf(0, { model: 'claude-haiku-4-5' }),
    caseOf(1, { model: 'claude-haiku-4-5-20251001' }),
    caseOf(2, { model: 'claude-haiku-5-5' }),
  ];
  const page = await open(pageOf(named), { fragment: '#model=claude-haiku-4-5-20251001' });
  expect(await page.locator('#model option').allTextContents()).toEqual([
    LABELS.all,
    choiceText('claude-haiku-4-5', 2),
    choiceText('claude-haiku-5-5', 1),
  ]);
  expect(await idsOf(page)).toEqual(['case-0', 'case-1']);
});

test('filters by stop reason or type of error', async () => {
  const page = await open(html);
  expect(await page.locator('#stop option').allTextContents()).toEqual([
    LABELS.all,
    choiceText('invalid_request_error', 3),
    choiceText('max_tokens', 3),
    choiceText('end_turn', 292),
    choiceText(LABELS.noStop, 2),
  ]);
  await page.selectOption('#stop', 'max_tokens');
  expect(await idsOf(page)).toEqual(['case-50', 'case-150', 'case-250']);
  await page.locator('#reset').click();
  expect(await idsOf(page)).toHaveLength(300);
  expect(await page.locator('#reset').isVisible()).toBe(false);
});

test('a view without cases says so, and leads back', async () => {
  const page = await open(html);
  expect(await page.locator('#none').isVisible()).toBe(false);
  await page.selectOption('#outcome', 'errored');
  await page.fill('#search', 'nowhere');
  await page.locator('#none', { hasText: LABELS.noneShown }).waitFor();
  await page.locator('#none button').click();
  expect(await idsOf(page)).toHaveLength(300);
  expect(await page.locator('#none').isVisible()).toBe(false);
  expect(await page.locator('#search').inputValue()).toBe('');
});

test('links of legend and causes show their cases, those of examples open one', async () => {
  const page = await open(html);
  await page.locator('.legend a', { hasText: OUTCOME_NAMES.expired }).click();
  await waitForStatus(page, shownText(1, 300));
  expect(await idsOf(page)).toEqual(['case-99']);
  await page.locator('#figures > summary').click();
  await page.locator('#figures a', { hasText: 'invalid_request_error' }).click();
  await waitForStatus(page, shownText(3, 300));
  expect(await page.evaluate('location.hash')).toBe('#outcome=errored&stop=invalid_request_error');
  await page.locator('#figures a', { hasText: 'max_tokens' }).click();
  await waitForStatus(page, shownText(3, 300));
  expect(await page.evaluate('location.hash')).toBe('#outcome=cut&stop=max_tokens');
  await page.locator('#figures a', { hasText: 'case-17' }).click();
  await page.locator('#cases .open').waitFor();
  expect(await page.locator('#cases .open .id').textContent()).toBe('case-17');
});

test('says how many cases are not on the page', async () => {
  const page = await open(pageOf(casesOf(30), { limit: 10 }));
  const status = statusText({ shown: 10, total: 10, leftOut: 20, unsearched: 0 });
  expect(await page.locator('#status').textContent()).toBe(status);
});

test('without JavaScript: the overview, and a sentence instead of the list', async () => {
  const page = await open(html, { javaScriptEnabled: false });
  expect(await page.locator('main').textContent()).toContain(whatThereIs(summary));
  expect(await page.locator('noscript p').isVisible()).toBe(true);
  expect(await page.locator('#bar').isVisible()).toBe(false);
});
