import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { PageContent } from '../../src/core/inputs/inputs.ts';
import {
  cutNote,
  type FileLocation,
  LABELS,
  textlessCasesText,
  textlessText,
} from '../../src/core/messages/page-script.ts';
import { chooseCases } from '../../src/core/page/choice.ts';
import { pageHead, pageTail } from '../../src/core/page/page.ts';
import { createCasePrinter } from '../../src/core/page/print-case.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { type Changed, caseOf, pageOf, summary } from '../core/page/samples.ts';
import { shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
/** Which texts of the open cases are shown, in their order. */
const textsOf = (page: Page): Promise<(string | null)[]> =>
  page.evaluate<string[]>("[...document.querySelectorAll('.detail [data-text]')].map(({ dataset }) => dataset.text)");

test('line and detail agree on the cost', async () => {
  const none = { tokens: null, usd: null, answer: null } as const;
  const cases = [
    caseOf(0, { usd: '0.000100' }),
    caseOf(1, { usd: null }),
    caseOf(2, { usd: null, tokens: null }),
    caseOf(3, { ...none, outcome: 'expired' }),
  ];
  const page = await open(pageOf(cases), { fragment: '#order=file' });
  for (const row of await page.locator('.row').all()) await row.click();
  const detailed = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.detail dl')].map((list) => list.querySelector('[data-fact=cost] dd')?.textContent ?? '')",
  );
  expect(detailed).toEqual(['$0.000100', LABELS.unknown, LABELS.unknown, '']);
  expect(await page.locator('#cases .row > :last-child').allTextContents()).toEqual(detailed);
});

test('a case opens to its figures, its prompt and its answer, as text', async () => {
  const answer = '# **No** <b>\n\n[x](https://example.com)';
  const page = await open(pageOf([{ ...caseOf(5, { prompt: 'What?', parameters: null, answer }), position: 0 }]));
  await page.locator('.row').click();
  expect(await page.locator('.detail pre').allTextContents()).toEqual(['What?', answer]);
  const facts = await page.evaluate<string[][]>(
    "[...document.querySelectorAll('.detail dl > div')].map((pair) => [pair.dataset.fact, pair.lastChild.textContent])",
  );
  expect(facts).toEqual([
    ['id', 'case-5'],
    ['source', 'evals/sums.jsonl:6'],
    ['model', 'claude-opus-5'],
    ['stopReason', 'end_turn'],
    ['inputTokens', '205'],
    ['outputTokens', '135'],
    ['cacheRead', '500'],
    ['cost', '$0.001185'],
  ]);
  expect(await page.locator('.toggle').getAttribute('aria-expanded')).toBe('true');
  await page.locator('.row').click();
  expect(await page.locator('.detail').count()).toBe(0);
});

test('an empty text says so', async () => {
  const page = await open(pageOf([caseOf(0, { answer: '' })]));
  await page.locator('.row').click();
  expect(await page.locator('[data-text=answer] pre').textContent()).toBe(LABELS.empty);
});

const requests: FileLocation = { file: 'requests.jsonl', artifact: 'claude-batch-evals-0' };
const results: FileLocation = { file: 'results.jsonl', artifact: 'claude-batch-evals-0' };
test.each<[string, Changed, PageContent, Partial<Summary>, Parameters<typeof textlessText>[0]]>([
  ['all', {}, 'full', {}, { answer: results, prompt: requests }],
  ['no answer', { outcome: 'expired', answer: null }, 'full', {}, { answer: undefined, prompt: requests }],
  ['answers alone', {}, 'answers', {}, { answer: results, prompt: undefined }],
  [
    'no requests',
    { prompt: null, parameters: null },
    'full',
    { requests_file: null },
    { answer: results, prompt: undefined },
  ],
])('says where the texts are that have no room: %s', async (_, changed, content, ofRun, places) => {
  const html = pageOf([caseOf(0, { outcome: 'expired', answer: null }), caseOf(1, changed)], {
    maxBytes: 1,
    content,
    summary: { ...summary, ...ofRun },
  });
  const page = await open(html, { fragment: '#search=nowhere' });
  await waitForStatus(page, shownText(0, 2, 1));
  expect(await page.locator('#textless').textContent()).toBe(textlessCasesText(1, 2));
  await page.fill('#search', '');
  await page.locator('.row', { hasText: 'case-1' }).click();
  expect(await page.locator('.detail pre').count()).toBe(0);
  expect(await page.locator('.detail .textless').textContent()).toBe(textlessText(places));
});

test('a page that has room for all texts does not say otherwise', async () => {
  const page = await open(pageOf([caseOf(0)]));
  expect(await page.locator('#textless').isVisible()).toBe(false);
});

test('a message of the API that is cut says so', async () => {
  const error = { type: 'api_error', message: 'm'.repeat(5_000) };
  const page = await open(
    pageOf([caseOf(0, { outcome: 'errored', error, answer: null }), caseOf(1)], { content: 'none' }),
  );
  await page.locator('.row').first().click();
  expect(await page.locator('[data-text=error] .left-out').textContent()).toBe(
    cutNote(4_000, { file: 'results.jsonl', artifact: undefined }),
  );
});

test('parameters are below the prompt and are not searched', async () => {
  const parameters = '{\n  "max_tokens": 7331\n}';
  const page = await open(pageOf([caseOf(0), caseOf(1, { prompt: 'What?', parameters, answer: 'That.' })]));
  await page.fill('#search', '7331');
  await waitForStatus(page, shownText(0, 2));
  await page.fill('#search', 'What?');
  await waitForStatus(page, shownText(1, 2));
  await page.locator('.row').click();
  expect(await textsOf(page)).toEqual(['prompt', 'parameters', 'answer']);
  expect(await page.locator('[data-text=parameters] pre').textContent()).toBe(parameters);
});

test.each([
  ['an uploaded page', { name: 'evals', url: 'https://github.com/octo/evals' }, true],
  ['a page that stays on the runner', undefined, false],
])('says how to share a case: %s', async (_, artifact, isLinked) => {
  const choice = chooseCases([2]);
  const head = pageHead(summary, { choice, content: 'full', artifact });
  const page = await open(head + createCasePrinter('full')(caseOf(4)) + pageTail());
  await page.locator('.row').click();
  const share = `${LABELS.shareBefore}#case=case-4${LABELS.shareAfter}`;
  expect(await page.locator('.share').textContent()).toBe(LABELS.link + (isLinked ? share : ''));
});

test.each([
  ['answers', ['answer']],
  ['none', []],
] as const)('a page of the content %s has the texts %j', async (content, names) => {
  const page = await open(pageOf([caseOf(0)], { content }));
  await page.locator('.row').click();
  expect(await textsOf(page)).toEqual(names);
});
