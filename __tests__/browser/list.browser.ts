import { expect, test } from '@jest/globals';
import { whatThereIs } from '../../src/core/markdown/log-lines.ts';
import { OUTCOME_NAMES } from '../../src/core/messages/outcome-names.ts';
import { PAGE_LABELS } from '../../src/core/messages/page.ts';
import { choiceText, LABELS } from '../../src/core/messages/page-script.ts';
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
    choiceText(LABELS.failing, 8),
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

test('a line counts what was read from a cache, and says so', async () => {
  const tokens = { input: 20, output: 3, cache_read: 500, cache_write: 7 };
  const uncached = { ...tokens, cache_read: 0, cache_write: 0 };
  const page = await open(pageOf([caseOf(0, { tokens }), caseOf(1, { tokens: uncached })]));
  const names = ['case', 'outcome', 'model', 'stop-reason', 'input-and-cache', 'output', 'cost'] as const;
  expect(await page.locator('#heads span').allTextContents()).toEqual(names.map((name) => PAGE_LABELS[name]));
  expect(await page.locator('.row .stop + .number').allTextContents()).toEqual([
    `527 ${LABELS.inAndCacheUnit}`,
    `20 ${LABELS.inUnit}`,
  ]);
});

test('a name that its column may cut has the whole as its title', async () => {
  const names = { id: `long-${'x'.repeat(90)}`, model: 'claude-haiku-4-5-20251001', stop_reason: 'end_turn' };
  const page = await open(pageOf([caseOf(0, names)]));
  const titles = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.row [title]')].map(({ title }) => title)",
  );
  expect(titles).toEqual([names.id, names.model, names.stop_reason]);
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
  await page.selectOption('#order', 'file');
  expect(await idsOf(page)).toEqual(cases.map(({ id }) => id));
  await page.selectOption('#order', 'cost');
  const costs = await page.locator('#cases .row > :last-child').allTextContents();
  expect(costs).toEqual(costs.toSorted().toReversed());
  expect([costs.at(0), costs.at(-1)]).toEqual(['$0.003997', '']);
});

test('without JavaScript: the overview, and a sentence instead of the list', async () => {
  const page = await open(html, { javaScriptEnabled: false });
  expect(await page.locator('main').textContent()).toContain(whatThereIs(summary));
  expect(await page.locator('noscript p').isVisible()).toBe(true);
  expect(await page.locator('#controls').isVisible()).toBe(false);
});
