import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { imageNote, LABELS, partName, roleName } from '../../src/core/messages/page-script.ts';
import { caseOf, casesOf, pageOf, said } from '../core/page/samples.ts';
import { shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
const textsOf = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allTextContents();

const talk = caseOf(0, {
  prompt: [
    said('system', 'Be kind.'),
    said('user', 'What is on it?'),
    { kind: 'image', role: 'user', text: 'image/png, 9 MB' },
    { kind: 'tool-call', role: 'assistant', name: 'look', id: 't1', text: '{"at": "it"}' },
    { kind: 'tool-result', role: 'user', id: 't1', text: 'A cat' },
    said('narrator', 'And then?'),
  ],
  answer: [
    said(undefined, 'A **cat**.\n\n- one\n- two'),
    { kind: 'tool-call', name: 'feed', id: 't2', text: '{}' },
    { kind: 'thinking', text: 'Is it one?' },
  ],
});

describe('a case', () => {
  test('shows who said what', async () => {
    const page = await open(pageOf([talk]));
    await page.locator('.row').click();
    expect(await textsOf(page, '.turn > h4')).toEqual([
      roleName('system', false),
      roleName('user', false),
      roleName('assistant', false),
      roleName('user', true),
      'narrator',
    ]);
    expect(await textsOf(page, '[data-text=prompt] pre')).toEqual([
      'Be kind.',
      'What is on it?',
      imageNote('image/png, 9 MB'),
      '{"at": "it"}',
      'A cat',
      'And then?',
    ]);
    expect(await textsOf(page, '[data-text=prompt] .part-name')).toEqual([
      partName({ kind: 'tool-call', name: 'look', id: 't1' }),
      partName({ kind: 'tool-result', id: 't1' }),
    ]);
  });

  test('has its thoughts folded, and its calls of tools not', async () => {
    const page = await open(pageOf([talk]));
    await page.locator('.row').click();
    expect(await page.locator('[data-text=answer] .tool-call pre').isVisible()).toBe(true);
    expect(await page.locator('.thinking pre').isVisible()).toBe(false);
    await page.locator('.thinking summary').click();
    expect(await page.locator('.thinking pre').textContent()).toBe('Is it one?');
  });

  test('shows its answer as text or as Markdown, as all cases do', async () => {
    const page = await open(pageOf([talk, caseOf(1, { answer: '# Two' })]));
    await page.locator('.row').first().click();
    expect(await textsOf(page, '.answer-text pre')).toEqual(['A **cat**.\n\n- one\n- two']);
    await page.locator('[data-as=markdown]').click();
    expect(await page.locator('[data-as=markdown]').getAttribute('aria-pressed')).toBe('true');
    expect(await textsOf(page, '.answer-text strong, .answer-text li')).toEqual(['cat', 'one', 'two']);
    await page.locator('.row').last().click();
    expect(await textsOf(page, '.answer-text .heading')).toEqual(['Two']);
    await page.locator('[data-as=text]').last().click();
    expect(await textsOf(page, '.answer-text pre')).toEqual(['A **cat**.\n\n- one\n- two', '# Two']);
  });
});

describe('copies', () => {
  const html = pageOf([{ ...talk, parameters: '{"max_tokens": 8}' }]);
  const read = (page: Page): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');

  test.each([
    [LABELS.copyAnswer, 'A **cat**.\n\n- one\n- two\n\n[tool-call feed t2]\n{}', LABELS.copied],
    [LABELS.copyLink, '#case=case-0', LABELS.copiedLink],
  ])('%s', async (name, text, said) => {
    const page = await open(html, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('.row').click();
    await page.locator('.copy button', { hasText: name }).click();
    await page.locator('.said', { hasText: said }).waitFor();
    expect(await read(page)).toBe(text);
  });

  test('the prompt with its roles and parameters', async () => {
    const page = await open(html, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('.row').click();
    await page.locator('.copy button', { hasText: LABELS.copyPrompt }).click();
    await page.locator('.said', { hasText: LABELS.copied }).waitFor();
    const copied = await read(page);
    for (const part of ['[system]\nBe kind.', '[user]\nWhat is on it?', `[${LABELS.parameters}]\n{"max_tokens": 8}`])
      expect(copied).toContain(part);
  });

  test('where the browser refuses, the text is selected', async () => {
    const page = await open(html);
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await page.locator('.row').click();
    await page.locator('.copy button', { hasText: LABELS.copyAnswer }).click();
    await page.locator('.said', { hasText: LABELS.selected }).waitFor();
    expect(await page.evaluate<string>('getSelection().toString()')).toContain('A **cat**.');
  });

  test('a page without answers has none to copy', async () => {
    const page = await open(pageOf([caseOf(0)], { content: 'none' }));
    await page.locator('.row').click();
    expect(await textsOf(page, '.copy button')).toEqual([LABELS.copyLink]);
  });
});

describe('hits', () => {
  const marked = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>(
      "Array.from(CSS.highlights.get('hit') ?? [], ({ startContainer, startOffset, endOffset }) => startContainer.data.slice(startOffset, endOffset))",
    );

  test('of a search are marked in lines and open cases', async () => {
    const page = await open(pageOf([talk, caseOf(1, { prompt: 'Other', answer: 'Dog' })]));
    await page.locator('.row').first().click();
    await page.fill('#search', 'CAT');
    await waitForStatus(page, shownText(1, 2));
    // In the line, in the result of the tool, and in the answer.
    expect(await marked(page)).toEqual(['cat', 'cat', 'cat']);
    await page.locator('[data-as=markdown]').click();
    expect(await marked(page)).toHaveLength(3);
    await page.fill('#search', '');
    await waitForStatus(page, shownText(2, 2));
    expect(await marked(page)).toEqual([]);
  });

  test('far down in a text are shown in the line, and in the case that is opened', async () => {
    const answer = [said(undefined, `${'one line\n'.repeat(500)}needle${'\nand more'.repeat(200)}`)];
    const thought = [said(undefined, 'Yes'), { kind: 'thinking', text: 'needle' } as const];
    const page = await open(pageOf([caseOf(0, { answer }), caseOf(1, { answer: thought })]));
    await page.fill('#search', 'needle');
    await page.press('#search', 'Enter');
    expect(await page.locator('.reply').first().textContent()).toContain('needle');
    expect(await page.evaluate<number>("document.querySelector('.answer-text pre').scrollTop")).toBeGreaterThan(1_000);
    await page.locator('.row').last().click();
    expect(await page.locator('.thinking pre').isVisible()).toBe(true);
  });
});

test('what is shown is downloaded as CSV', async () => {
  const page = await open(pageOf(casesOf(300)), { fragment: '#outcome=errored&order=-file' });
  const download = page.waitForEvent('download');
  await page.locator('#csv').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('evals-0.csv');
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(lines.map((line) => line.split(',')[0])).toEqual(['\uFEFFcustom_id', 'case-217', 'case-117', 'case-17', '']);
});
