import { expect, test } from '@jest/globals';
import type { PageContent } from '../../src/core/inputs/inputs.ts';
import type { PageCase } from '../../src/core/page/case.ts';
import { chooseCases } from '../../src/core/page/choice.ts';
import { pageHead, pageTail } from '../../src/core/page/page.ts';
import { pageCase } from '../../src/core/page/page-case.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { caseOf, pageOf, summary } from '../core/page/samples.ts';
import { usePages, waitForStatus } from './pages.ts';

const { open } = usePages();

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
    "[...document.querySelectorAll('.detail dl')].map((list) => [...list.children].find((pair) => pair.firstChild.textContent === 'Cost')?.lastChild.textContent ?? '')",
  );
  expect(detailed).toEqual(['$0.000100', 'unknown', 'unknown', '']);
  expect(await page.locator('#cases .row > :last-child').allTextContents()).toEqual(detailed);
});

test('a case opens to its figures, its prompt and its answer, as text', async () => {
  const answer = '# **No** <b>\n\n[x](https://example.com)';
  const page = await open(pageOf([{ ...caseOf(5, { prompt: 'What?', parameters: null, answer }), position: 0 }]));
  await page.locator('.row').click();
  expect(await page.locator('.detail pre').allTextContents()).toEqual(['What?', answer]);
  expect(await page.locator('.detail dt').allTextContents()).toEqual([
    'Id',
    'Place among all requests',
    'Model',
    'Stop reason',
    'Input tokens',
    'Output tokens',
    'Cache read tokens',
    'Cost',
  ]);
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
  const page = await open(pageOf([caseOf(0, { parameters: null, answer: '{"n":1.10,"n":12345678901234567890}' })]));
  await page.locator('.row').click();
  expect(await page.locator('.detail h3').allTextContents()).toEqual(['Prompt', 'Answer (JSON, indented)']);
  expect(await page.locator('.detail pre').last().textContent()).toBe(
    '{\n  "n": 1.10,\n  "n": 12345678901234567890\n}',
  );
});

test('says what of a case is not there', async () => {
  const page = await open(pageOf([caseOf(0, { prompt: 'p'.repeat(30_000), answer: '' })]));
  await page.locator('.row').click();
  const first = await page.locator('.detail').textContent();
  expect(first).toContain(
    '20,000 of 30,000 characters are shown. The whole is in requests.jsonl in the artifact claude-batch-evals-0.',
  );
  expect(first).toContain('(empty)');
});

const HEAD = 'Its texts are not in this page, which would be too large to open: ';
const PROMPT = 'the prompt is in requests.jsonl in the artifact claude-batch-evals-0';
const ANSWER = 'the answer is in results.jsonl in the artifact claude-batch-evals-0';
test.each<[string, Partial<PageCase>, PageContent, Partial<Summary>, string]>([
  ['all', {}, 'full', {}, `${HEAD}${PROMPT}; ${ANSWER}.`],
  ['no answer', { outcome: 'expired', answer: null }, 'full', {}, `${HEAD}${PROMPT}.`],
  ['answers alone', {}, 'answers', {}, `${HEAD}${ANSWER}.`],
  ['no requests', { prompt: null, parameters: null }, 'full', { requests_file: null }, `${HEAD}${ANSWER}.`],
])('says where the texts are that have no room: %s', async (_, changed, content, ofRun, sentence) => {
  const page = await open(pageOf([caseOf(0, changed)], { room: 10, content, summary: { ...summary, ...ofRun } }), {
    fragment: '#search=nowhere',
  });
  await waitForStatus(
    page,
    '0 of 1 case shown. The search looks at what is shown: texts of 1 case are not in this page.',
  );
  await page.fill('#search', '');
  await page.locator('.row').click();
  expect(await page.locator('.detail p').first().textContent()).toBe(sentence);
});

test('a message of the API that is cut says so', async () => {
  const error = { type: 'api_error', message: 'm'.repeat(5_000) };
  const page = await open(
    pageOf([caseOf(0, { outcome: 'errored', error, answer: null }), caseOf(1)], { content: 'none' }),
  );
  await page.locator('.row').first().click();
  expect(await page.locator('.detail').textContent()).toMatch(
    /Not the whole message: 4,\d{3} more characters are not shown\. The whole is in results\.jsonl in results-path on the runner/,
  );
});

test('parameters stand below the prompt and are not searched', async () => {
  const parameters = [{ names: [], text: '{\n  "max_tokens": 7331\n}', rank: 0 }];
  const page = await open(pageOf([caseOf(0), caseOf(1, { prompt: 'What?', parameters, answer: 'That.' })]));
  await page.fill('#search', '7331');
  await waitForStatus(page, '0 of 2 cases shown');
  await page.fill('#search', 'What?');
  await waitForStatus(page, '1 of 2 cases shown');
  await page.locator('.row').click();
  expect(await page.locator('.detail h3').allTextContents()).toEqual(['Prompt', 'Parameters', 'Answer']);
  expect(await page.locator('.detail pre').nth(1).textContent()).toContain('"max_tokens": 7331');
});

test.each([
  ['an uploaded page', { name: 'evals', url: 'https://github.com/octo/evals' }, true],
  ['a page that stays on the runner', undefined, false],
])('says how to share a case: %s', async (_, artifact, isLinked) => {
  const choice = chooseCases([2]);
  const head = pageHead(summary, { artifact, list: { choice, content: 'full' } });
  const page = await open(head + pageCase(caseOf(4), 'full', 100_000).html + pageTail());
  await page.locator('.row').click();
  expect(await page.locator('.share').textContent()).toBe(
    isLinked
      ? "Link to this case · To share it, put #case=case-4 behind the page's link in the comment or the job summary; the address in the browser's bar expires."
      : 'Link to this case',
  );
});

test.each([
  ['answers', ['Answer']],
  ['none', []],
] as const)('a page of the content %s has the texts %j', async (content, names) => {
  const page = await open(pageOf([caseOf(0)], { content }));
  await page.locator('.row').click();
  expect(await page.locator('.detail h3').allTextContents()).toEqual(names);
});
