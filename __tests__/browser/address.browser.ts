import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { LABELS } from '../../src/core/messages/page-script.ts';
import { casesOf, pageOf } from '../core/page/samples.ts';
import { focusOf, idsOf, shownText, usePages, waitForList, waitForStatus } from './pages.ts';

const { open } = usePages();
const html = pageOf(casesOf(300));
const openIds = (page: Page): Promise<string[]> => page.locator('#cases .open .id').allTextContents();
const fragmentOf = (page: Page): Promise<string> => page.evaluate<string>('location.hash');
const statusOf = (page: Page): Promise<string | null> => page.locator('#status').textContent();
const turn = (page: Page, id: string): Promise<void> =>
  page
    .locator('.row')
    .filter({ has: page.getByText(id, { exact: true }) })
    .click();

/** Follows a link, and waits until the page has done what follows of it. */
async function follow(page: Page, fragment: string): Promise<void> {
  await page.evaluate<void>(`new Promise((resolve) => {
    addEventListener('hashchange', resolve, { once: true });
    location.hash = ${JSON.stringify(fragment)};
  })`);
}

/** Does this while a search that was just typed waits for more, and waits until its time has come and gone. */
async function whileItWaits(page: Page, typed: string, deed: string): Promise<void> {
  await page.evaluate<void>(`new Promise((resolve) => {
    const search = document.getElementById('search');
    search.focus();
    search.value = ${JSON.stringify(typed)};
    search.dispatchEvent(new Event('input'));
    ${deed};
    setTimeout(resolve, 200);
  })`);
}

describe('the address says what the page shows', () => {
  test('a case that the view hides is not in it, and comes back with the case', async () => {
    const page = await open(html);
    for (const id of ['case-17', 'case-50']) await turn(page, id);
    await page.selectOption('#outcome', 'whole');
    expect(await fragmentOf(page)).toBe('#outcome=whole');
    await page.selectOption('#outcome', 'errored');
    expect(await fragmentOf(page)).toBe('#case=case-17&outcome=errored');
    await page.selectOption('#outcome', '');
    expect(await fragmentOf(page)).toBe('#case=case-50');
  });

  test('a copied one shows the same to others', async () => {
    const page = await open(html);
    await turn(page, 'case-17');
    await page.selectOption('#outcome', 'cut');
    const copy = await open(html, { fragment: await fragmentOf(page) });
    expect(await idsOf(copy)).toEqual(await idsOf(page));
    expect(await openIds(copy)).toEqual(await openIds(page));
  });

  test('when the case opened last is closed, it has the one opened before', async () => {
    const page = await open(html);
    const seen: string[] = [];
    for (const id of ['case-217', 'case-17', 'case-117', 'case-17', 'case-117', 'case-217']) {
      await turn(page, id);
      seen.push(await fragmentOf(page));
    }
    expect(seen).toEqual(['#case=case-217', '#case=case-17', '#case=case-117', '#case=case-117', '#case=case-217', '']);
  });

  test('a page that only opens keeps its own', async () => {
    const page = await open(html);
    expect(page.url()).toMatch(/\/report\.html$/);
  });

  test.each([
    ['choices that there are not', '#outcome=some&stop=any&model=other&order=none&x=1', ''],
    ['a filter that hides the case', '#case=case-250&outcome=errored&order=id', '#case=case-250&order=id'],
    ['a case that is not there', '#case=other&outcome=errored', '#case=other&outcome=errored'],
  ])('of a link with %s', async (_, fragment, kept) => {
    const page = await open(html, { fragment });
    expect(await fragmentOf(page)).toBe(kept);
  });
});

describe('the link in a case', () => {
  const clickLink = (page: Page, id: string): Promise<void> =>
    page.evaluate<void>(`document.querySelector('.detail a[href="#case=${id}"]').click()`);

  test('among several open ones makes it the one of the address', async () => {
    const page = await open(html);
    for (const id of ['case-17', 'case-117']) await turn(page, id);
    await clickLink(page, 'case-17');
    await page.selectOption('#order', 'id');
    expect(await fragmentOf(page)).toBe('#case=case-17&order=id');
    expect(await openIds(page)).toEqual(['case-17', 'case-117']);
  });

  test('brings it to view and focus, also where the address is this link already', async () => {
    const page = await open(html);
    await turn(page, 'case-250');
    await page.focus('#search');
    await page.evaluate('scrollTo(0, 0)');
    await clickLink(page, 'case-250');
    expect(await focusOf(page)).toBe('case-250');
    expect(await page.evaluate<number>('document.activeElement.getBoundingClientRect().top')).toBeLessThan(900);
  });

  test('opens a tab of its own with Control', async () => {
    const page = await open(html);
    for (const id of ['case-17', 'case-117']) await turn(page, id);
    const tab = page.context().waitForEvent('page');
    await page.locator('.detail a[href="#case=case-17"]').click({ modifiers: ['Control'] });
    await waitForList(await tab);
    expect(await openIds(await tab)).toEqual(['case-17']);
    expect(await fragmentOf(page)).toBe('#case=case-117');
  });

  test('leaves the view as it is', async () => {
    const page = await open(html, { fragment: '#case=case-17&outcome=errored' });
    await clickLink(page, 'case-17');
    expect(await fragmentOf(page)).toBe('#case=case-17&outcome=errored');
    expect(await statusOf(page)).toBe(shownText(3, 300));
  });
});

describe('back and forward', () => {
  test('go from case to case, and to none', async () => {
    const page = await open(html);
    for (const fragment of ['#case=case-250', '#case=case-17&outcome=errored']) await follow(page, fragment);
    await page.goBack();
    await page.locator('.row:has(:focus)', { hasText: 'case-250' }).waitFor();
    expect(await fragmentOf(page)).toBe('#case=case-250');
    await page.goBack();
    await page.locator('#cases:not(:has(.open))').waitFor();
    expect(await fragmentOf(page)).toBe('');
    await page.goForward();
    await page.locator('.row:has(:focus)', { hasText: 'case-250' }).waitFor();
    expect(await openIds(page)).toEqual(['case-250']);
  });
});

test('after a link to a case that is not there, one that is there is told of', async () => {
  const page = await open(html, { fragment: '#case=other&outcome=errored' });
  expect(await idsOf(page)).toEqual(['case-17', 'case-117', 'case-217']);
  expect(await statusOf(page)).toBe(LABELS.caseNotFound);
  await follow(page, '#case=case-117');
  expect(await statusOf(page)).toBe(shownText(3, 300));
  expect(await fragmentOf(page)).toBe('#case=case-117&outcome=errored');
});

describe('while what was typed waits', () => {
  test('a link with a view is followed, and stays so', async () => {
    const page = await open(html);
    await whileItWaits(page, 'question 77', "location.hash = '#outcome=errored'");
    expect(await fragmentOf(page)).toBe('#outcome=errored');
    expect(await page.locator('#search').inputValue()).toBe('');
    expect(await statusOf(page)).toBe(shownText(3, 300));
  });

  test('a link to a case is followed, and stays so', async () => {
    const page = await open(html);
    await whileItWaits(page, 'question 77', "location.hash = '#case=case-250'");
    expect(await fragmentOf(page)).toBe('#case=case-250');
    expect(await page.locator('#search').inputValue()).toBe('');
    expect(await focusOf(page)).toBe('case-250');
  });

  test('a line that is opened keeps the focus, and the address is that of the list', async () => {
    const page = await open(html);
    const deed =
      "const row = document.querySelector('.toggle'); row.focus(); row.click(); document.title = location.hash";
    await whileItWaits(page, 'case-17', deed);
    expect(await page.title()).toBe('#case=case-17');
    expect(await fragmentOf(page)).toBe('#case=case-17&search=case-17');
    expect(await focusOf(page)).toBe('case-17');
  });

  test('the arrow goes to a case that was searched for', async () => {
    const page = await open(html);
    const key = "search.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))";
    await whileItWaits(page, 'question 77:', key);
    expect(await focusOf(page)).toBe('case-77');
  });
});

test('a choice made right after a link was followed does not undo the link', async () => {
  const page = await open(html);
  await page.evaluate<void>(`new Promise((resolve) => {
    addEventListener('hashchange', resolve, { once: true });
    location.hash = '#case=case-250';
    const order = document.getElementById('order');
    order.value = 'id';
    order.dispatchEvent(new Event('change'));
  })`);
  await waitForStatus(page, shownText(300, 300));
  expect(await openIds(page)).toEqual(['case-250']);
  expect(await fragmentOf(page)).toBe('#case=case-250&order=id');
});
