import { expect, test } from '@jest/globals';
import { caseOf, casesOf, pageOf } from '../core/report/page/samples.ts';
import { idsOf, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
const cases = casesOf(300);
const html = pageOf(cases);

test('2,000 cases: failures first, then as in the file', async () => {
  const many = casesOf(2_000);
  const page = await open(pageOf(many));
  const ids = await idsOf(page);
  expect(ids).toHaveLength(2_000);
  expect(await page.locator('#status').textContent()).toBe('2,000 of 2,000 cases shown');
  const failed = many.filter(({ outcome }) => outcome !== 'succeeded').map(({ id }) => id);
  const cut = many.filter(({ stop_reason }) => stop_reason === 'max_tokens').map(({ id }) => id);
  expect(ids.slice(0, failed.length + cut.length)).toEqual([...failed, ...cut]);
  expect(ids.slice(-3)).toEqual(['case-1997', 'case-1998', 'case-1999']);
});

test('searches ids, prompts and answers', async () => {
  const page = await open(html);
  await page.fill('#search', 'QUESTION 77: **154**');
  await waitForStatus(page, '1 of 300 cases shown');
  expect(await idsOf(page)).toEqual(['case-77']);
  await page.fill('#search', 'must be at least 1');
  await waitForStatus(page, '3 of 300');
  await page.fill('#search', 'nowhere to be found');
  await waitForStatus(page, '0 of 300');
  await page.fill('#search', '');
  await waitForStatus(page, '300 of 300');
});

test('filters by outcome', async () => {
  const page = await open(html);
  expect(await page.locator('#outcome option').allTextContents()).toEqual([
    'All',
    'No whole answer (8)',
    'Errored (3)',
    'Expired (1)',
    'Canceled (1)',
    'Not in full (3)',
    'Answered (292)',
  ]);
  await page.selectOption('#outcome', 'errored');
  expect(await idsOf(page)).toEqual(['case-17', 'case-117', 'case-217']);
  await page.selectOption('#outcome', 'failing');
  expect(await page.locator('#status').textContent()).toBe('8 of 300 cases shown');
});

test('filters by model', async () => {
  const page = await open(html);
  await page.selectOption('#model', 'claude-haiku-5-5');
  const haiku = cases.filter(({ model }) => model === 'claude-haiku-5-5').map(({ id }) => id);
  expect((await idsOf(page)).toSorted()).toEqual(haiku.toSorted());
  expect(await page.locator('#model option').allTextContents()).toContain(`claude-haiku-5-5 (${haiku.length})`);
});

test('sorts', async () => {
  const page = await open(html);
  await page.selectOption('#order', 'file');
  expect(await idsOf(page)).toEqual(cases.map(({ id }) => id));
  await page.selectOption('#order', 'cost');
  const costs = await page.locator('#cases .row > :last-child').allTextContents();
  expect(costs).toEqual(costs.toSorted().toReversed());
  expect([costs.at(0), costs.at(-1)]).toEqual(['$0.003997', '']);
});

test('a case opens to its figures, its prompt and its answer, as text', async () => {
  const answer = '# **No** <b>\n\n[x](https://example.com)';
  const page = await open(pageOf([{ ...caseOf(5, { prompt: 'What?', answer }), position: 0 }]));
  await page.locator('.row').click();
  expect(await page.locator('.detail pre').allTextContents()).toEqual(['What?', answer]);
  expect(await page.locator('.detail dd').allTextContents()).toEqual([
    'case-5',
    '1',
    'claude-opus-5',
    'end_turn',
    '205',
    '135',
    '500',
    '$0.001185',
  ]);
  expect(await page.locator('.row').getAttribute('aria-expanded')).toBe('true');
  await page.locator('.row').click();
  expect(await page.locator('.detail').count()).toBe(0);
});

test('an answer of JSON is indented, and its figures stay', async () => {
  const page = await open(pageOf([caseOf(0, { answer: '{"n":1.10,"n":12345678901234567890}' })]));
  await page.locator('.row').click();
  expect(await page.locator('.detail h3').allTextContents()).toEqual(['Prompt', 'Answer (JSON, indented)']);
  expect(await page.locator('.detail pre').last().textContent()).toBe(
    '{\n  "n": 1.10,\n  "n": 12345678901234567890\n}',
  );
});

test('says what of a case is not there', async () => {
  const cut = caseOf(0, { prompt: 'p'.repeat(30_000), answer: '' });
  const page = await open(pageOf([cut, caseOf(1, { answer: 'x'.repeat(50_000) })], { room: 25_000 }));
  await page.locator('.row').first().click();
  const first = await page.locator('.detail').textContent();
  expect(first).toContain('20,000 of 30,000 characters are shown. The whole is in requests.jsonl.');
  expect(first).toContain('(empty)');
  await page.locator('.row').last().click();
  expect(await page.locator('.detail').last().textContent()).toContain('Its texts are not in this page');
});

test.each([
  ['answers', ['Answer']],
  ['none', []],
] as const)('a page of the content %s has the texts %j', async (content, names) => {
  const page = await open(pageOf([caseOf(0)], { content }));
  await page.locator('.row').click();
  expect(await page.locator('.detail h3').allTextContents()).toEqual(names);
});

test('without JavaScript: the overview, and a sentence instead of the list', async () => {
  const page = await open(html, { javaScriptEnabled: false });
  expect(await page.locator('main').textContent()).toContain('1,962 of 2,000 requests answered for $3.234568');
  expect(await page.locator('noscript p').isVisible()).toBe(true);
  expect(await page.locator('#controls').isVisible()).toBe(false);
});
