import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { LABELS } from '../../src/core/messages/page-script.ts';
import { attacks } from '../core/page/attacks.ts';
import { casesOf, pageOf } from '../core/page/samples.ts';
import { focusOf, idsOf, shownText, usePages, waitForList, waitForStatus } from './pages.ts';

const { open } = usePages();
const html = pageOf(casesOf(300));
const isInView = (page: Page, id: string): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const { top, bottom } = [...document.querySelectorAll('.row')].find((row) => row.firstElementChild.textContent === '${id}').getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  })()`);
const openIds = (page: Page): Promise<string[]> => page.locator('#cases .open .id').allTextContents();
const fragmentOf = (page: Page): Promise<string> => page.evaluate<string>('location.hash');

describe('a link to a case', () => {
  test('opens it, brings it to view and gives it the focus', async () => {
    const page = await open(html, { fragment: '#case=case-250' });
    expect(await openIds(page)).toEqual(['case-250']);
    expect(await focusOf(page)).toBe('case-250');
    expect(await isInView(page, 'case-250')).toBe(true);
  });

  test('stands in every case', async () => {
    const page = await open(html);
    await page.locator('.row', { hasText: 'case-217' }).click();
    expect(await page.locator('.detail a').getAttribute('href')).toBe('#case=case-217');
    expect(await fragmentOf(page)).toBe('#case=case-217');
  });

  test('followed in a page that is open', async () => {
    const page = await open(html);
    await page.evaluate("location.hash = '#case=case-299'");
    await page.locator('#cases .open').waitFor();
    expect(await focusOf(page)).toBe('case-299');
    expect(await isInView(page, 'case-299')).toBe(true);
  });

  test('shows the case also where the filters of the link hide it', async () => {
    const page = await open(html, { fragment: '#case=case-250&outcome=errored' });
    expect(await openIds(page)).toEqual(['case-250']);
    expect(await page.locator('#status').textContent()).toBe(shownText(300, 300));
  });

  test('to a case that is not there says so', async () => {
    const page = await open(html, { fragment: '#case=other' });
    expect(await page.locator('#status').textContent()).toBe(LABELS.caseNotFound);
    expect(await openIds(page)).toEqual([]);
  });
});

test.each(['#outcome=failing', '#outcome=cut&order=id', '#search=question'])(
  '%s opens at the list',
  async (fragment) => {
    const page = await open(html, { fragment, viewport: { width: 1_200, height: 200 } });
    expect(await page.evaluate<number>("document.getElementById('bar').getBoundingClientRect().top")).toBeLessThan(2);
  },
);

describe('an open case', () => {
  test('leads to the one before and after it, which the same key goes on with', async () => {
    const page = await open(html, { fragment: '#case=case-117' });
    await page.locator('.next').click();
    expect(await openIds(page)).toEqual(['case-123']);
    expect(await fragmentOf(page)).toBe('#case=case-123');
    await page.keyboard.press('Enter');
    expect(await openIds(page)).toEqual(['case-217']);
    await page.locator('.previous').click();
    expect(await openIds(page)).toEqual(['case-123']);
    expect(await isInView(page, 'case-123')).toBe(true);
  });

  test('at the end of the list leads no further', async () => {
    const page = await open(html, { fragment: '#case=case-299' });
    await page.locator('.next').click();
    expect(await openIds(page)).toEqual(['case-299']);
  });

  test('is closed by Escape without having the focus, the last one first', async () => {
    const page = await open(html);
    for (const id of ['case-17', 'case-117']) await page.locator('.row', { hasText: id }).first().click();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Escape');
    expect(await openIds(page)).toEqual(['case-17']);
    expect(await focusOf(page)).toBe('case-117');
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Escape');
    expect(await openIds(page)).toEqual([]);
  });
});

test('the address keeps search, filters and order', async () => {
  const page = await open(html);
  await page.selectOption('#outcome', 'failing');
  await page.selectOption('#order', 'id');
  await page.fill('#search', 'case-1');
  await waitForStatus(page, shownText(4, 300));
  const ids = await idsOf(page);
  expect(await fragmentOf(page)).toBe('#search=case-1&outcome=failing&order=id');
  await page.reload();
  await waitForList(page);
  expect(await idsOf(page)).toEqual(ids);
  expect(await page.locator('#search').inputValue()).toBe('case-1');
});

test('hostile addresses do nothing', async () => {
  const page = await open(html);
  const elements = await page.evaluate<number>("document.querySelectorAll('*').length");
  for (const [, text] of attacks) {
    const short = text.slice(0, 2_000).toWellFormed();
    const names = ['case', 'search', 'outcome', 'stop', 'model', 'order'].map(
      (name) => `${name}=${encodeURIComponent(short)}`,
    );
    for (const fragment of [`#${names.join('&')}`, `#${short}`, `#case=${short}`]) {
      await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
    }
  }
  await page.evaluate("location.hash = ''");
  await waitForStatus(page, shownText(300, 300));
  expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBe(elements);
});

describe('the keyboard', () => {
  test('/ searches, Escape clears and leaves', async () => {
    const page = await open(html);
    await page.keyboard.press('/');
    expect(await focusOf(page)).toBe('search');
    await page.keyboard.type('case-1/');
    expect(await page.locator('#search').inputValue()).toBe('case-1/');
    await page.keyboard.press('Escape');
    expect(await page.locator('#search').inputValue()).toBe('');
    await waitForStatus(page, shownText(300, 300));
    await page.keyboard.press('Escape');
    expect(await focusOf(page)).toBe('');
  });

  test('j and k, and the arrows at a case, go through the list; letters in the search do not', async () => {
    const page = await open(html);
    const [first, second, third] = await idsOf(page);
    await page.keyboard.press('k');
    expect(await focusOf(page)).toBe('case-299');
    await page.keyboard.press('j');
    expect(await focusOf(page)).toBe('case-299');
    await page.focus('#search');
    await page.keyboard.press('ArrowDown');
    expect(await focusOf(page)).toBe(first);
    for (const key of ['j', 'ArrowDown']) await page.keyboard.press(key);
    expect(await focusOf(page)).toBe(third);
    await page.keyboard.press('ArrowUp');
    expect(await focusOf(page)).toBe(second);
    for (const key of ['k', 'k']) await page.keyboard.press(key);
    expect(await focusOf(page)).toBe(first);
    await page.focus('#search');
    await page.keyboard.type('jk');
    expect(await focusOf(page)).toBe('search');
  });

  test('Enter opens, Escape closes from within', async () => {
    const page = await open(html);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    expect(await openIds(page)).toEqual(['case-17']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    expect(await openIds(page)).toEqual([]);
    expect(await focusOf(page)).toBe('case-17');
    expect(await fragmentOf(page)).toBe('');
  });

  test('Enter in the search opens the first hit, also of what was typed just now', async () => {
    const page = await open(html);
    await page.focus('#search');
    await page.keyboard.type('question 77:');
    await page.keyboard.press('Enter');
    expect(await openIds(page)).toEqual(['case-77']);
    expect(await focusOf(page)).toBe('case-77');
    expect(await fragmentOf(page)).toBe('#case=case-77&search=question+77%3A');
    await page.fill('#search', 'nowhere');
    await page.press('#search', 'Enter');
    expect(await focusOf(page)).toBe('search');
  });

  test('Escape on the line of a case that it closed clears the search', async () => {
    const page = await open(html);
    await page.focus('#search');
    await page.keyboard.type('question 77:');
    for (const key of ['Enter', 'Escape']) await page.keyboard.press(key);
    expect(await openIds(page)).toEqual([]);
    expect((await idsOf(page)).length).toBeLessThan(300);
    await page.keyboard.press('Escape');
    await waitForStatus(page, shownText(300, 300));
    expect(await focusOf(page)).toBe('search');
    expect(await fragmentOf(page)).toBe('');
  });

  test('an empty list', async () => {
    const page = await open(html, { fragment: '#search=nowhere' });
    for (const key of ['j', 'k', 'Escape']) await page.keyboard.press(key);
    expect(await page.locator('#status').textContent()).toBe(shownText(0, 300));
  });
});
