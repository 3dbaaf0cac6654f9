import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { LABELS } from '../../src/core/messages/page-script.ts';
import { caseOf, pageOf } from '../core/page/samples.ts';
import { usePages, waitForList } from './pages.ts';

const { open } = usePages();
const fragmentOf = (page: Page): Promise<string> => page.evaluate<string>('location.hash');

describe('cases of one id', () => {
  const twice = pageOf([0, 1, 2].map((position) => caseOf(position, position === 1 ? {} : { id: 'twice' })));
  const openPlaces = (page: Page): Promise<string[]> => page.locator('.detail [data-fact=source] dd').allTextContents();

  test('have addresses of their own', async () => {
    const page = await open(twice);
    await page.locator('.row').last().click();
    expect(await page.locator('.detail a').getAttribute('href')).toBe('#case=twice&place=3');
    expect(await fragmentOf(page)).toBe('#case=twice&place=3');
    await page.reload();
    await waitForList(page);
    expect(await openPlaces(page)).toEqual(['evals/sums.jsonl:3']);
  });

  test.each([
    ['#case=twice', '1'],
    ['#case=twice&search=question+2', '3'],
    ['#case=twice&place=1&search=question+2', '1'],
    ['#case=case-1&place=2', '2'],
  ])('%s opens the one at place %s', async (fragment, place) => {
    const page = await open(twice, { fragment });
    expect(await openPlaces(page)).toEqual([`evals/sums.jsonl:${place}`]);
  });

  test.each(['#case=twice&place=9', '#case=case-1&place=3'])('%s opens no other', async (fragment) => {
    const page = await open(twice, { fragment });
    expect(await page.locator('#status').textContent()).toBe(LABELS.caseNotFound);
    expect(await openPlaces(page)).toEqual([]);
    expect(await fragmentOf(page)).toBe(fragment);
  });
});

test.each(['', 'a&case=b', '50%', '%41', 'a#b', 'a+b c', '\u00FC\u6F22\u{1F34E}', '"><b>', '__proto__'])(
  'the address of the case %j opens it',
  async (id) => {
    const html = pageOf([caseOf(0), caseOf(1, { id }), caseOf(2)]);
    const page = await open(html);
    await page.locator('.row').nth(1).click();
    const fragment = await fragmentOf(page);
    const copy = await open(html, { fragment });
    expect(await copy.locator('#cases .open .id').allTextContents()).toEqual([id]);
    expect(await copy.locator('.detail a').getAttribute('href')).toBe(fragment);
  },
);
