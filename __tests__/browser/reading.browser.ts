import { describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { caseOf, casesOf, pageOf, summary } from '../core/page/samples.ts';
import { usePages } from './pages.ts';

const { open } = usePages();
const html = pageOf([...casesOf(130), caseOf(130, { id: `long-${'x'.repeat(59)}`, answer: 'y'.repeat(9_000) })]);
const PHONE = { viewport: { width: 400, height: 800 } };
const SCHEMES = [{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const;

/** What axe finds, every rule of it, as one line each. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html: at }) => at.slice(0, 200)).join(' | ')}`,
  );
}

async function openSome(page: Page): Promise<void> {
  for (const id of ['case-17', 'case-50', 'case-60', 'long-'])
    await page.locator('.row', { hasText: id }).first().click();
}

describe.each(SCHEMES)('%j', (scheme) => {
  test.each([
    ['a desktop', {}],
    ['a phone', PHONE],
  ])('axe finds nothing on %s', async (_, size) => {
    // axe needs to run in the page, which the policy of the page would not let it.
    const page = await open(html, { ...scheme, ...size, bypassCSP: true });
    await openSome(page);
    expect(await faultsOf(page)).toEqual([]);
  });

  test('axe finds nothing in a page that failed', async () => {
    const failed = { ...summary, failure: '1.9 % of requests have no answer; 1 % are allowed.' };
    const page = await open(pageOf(casesOf(20), { summary: failed, limit: 5, content: 'none' }), {
      ...scheme,
      bypassCSP: true,
    });
    expect(await faultsOf(page)).toEqual([]);
  });

  test('has the ground of the scheme, and the button turns it', async () => {
    const page = await open(html, scheme);
    const isDark = (): Promise<boolean> =>
      page.evaluate<boolean>('Number(/\\d+/.exec(getComputedStyle(document.body).backgroundColor)[0]) < 128');
    const before = await isDark();
    expect(before).toBe(scheme.colorScheme === 'dark');
    await page.locator('#scheme').click();
    expect(await isDark()).toBe(!before);
    await page.locator('#scheme').click();
    expect(await isDark()).toBe(before);
  });
});

test.each([320, 400, 768, 1_200])('%d pixels wide: nothing to scroll sideways', async (width) => {
  const page = await open(html, { viewport: { width, height: 800 } });
  await openSome(page);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
  const beyond =
    "[...document.querySelectorAll('main *')].filter((each) => each.closest('.scroll, svg, .unit, .row') === null && each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML.slice(0, 100))";
  expect(await page.evaluate<string[]>(beyond)).toEqual([]);
});

test('what has the focus is seen', async () => {
  const page = await open(html);
  for (const key of ['j', '/']) {
    await page.keyboard.press(key);
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  }
});
