import { describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { filtersText } from '../../src/core/messages/page-script.ts';
import { gradedCases, gradedSummary, rankedOf } from '../core/page/graded-samples.ts';
import { caseOf, casesOf, pageOf, said, summary } from '../core/page/samples.ts';
import { usePages } from './pages.ts';

const { open } = usePages();
const html = pageOf([...casesOf(130), caseOf(130, { id: `long-${'x'.repeat(59)}`, answer: 'y'.repeat(9_000) })]);
const PHONE = { viewport: { width: 390, height: 800 } };
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

  test.each([
    ['a desktop', {}],
    ['a phone', PHONE],
  ])('axe finds nothing in graded cases on %s', async (_, size) => {
    const cases = gradedCases();
    const graded = pageOf(cases, { summary: gradedSummary, ranked: rankedOf(cases) });
    const page = await open(graded, { ...scheme, ...size, bypassCSP: true });
    await page.locator('#figures > summary').click();
    await page.evaluate("for (const toggle of [...document.querySelectorAll('.toggle')].slice(0, 7)) toggle.click()");
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

describe.each([
  ['a desktop', { width: 1_200, height: 800 }],
  ['a phone', PHONE.viewport],
])('on %s', (_, viewport) => {
  const topOf = (page: Page, selector: string): Promise<number> =>
    page.evaluate<number>(`document.querySelector('${selector}').getBoundingClientRect().top`);

  test.each([
    ['as usual', summary],
    ['with long names', { ...summary, run: { ...summary.run, workflow: 'W'.repeat(200), repository: 'r'.repeat(90) } }],
  ])('the search is within 250 pixels of the top, and stays in view: %s', async (_case, ofRun) => {
    const page = await open(pageOf(casesOf(60), { summary: ofRun }), { viewport });
    expect(await topOf(page, '#search')).toBeLessThanOrEqual(250);
    await page.evaluate('scrollTo(0, 1500)');
    const top = await topOf(page, '#search');
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(60);
  });

  test('every value of a line is seen', async () => {
    const page = await open(html, { viewport });
    const hidden =
      "[...document.querySelector('.row:has(.whole)').children].filter((cell) => cell.offsetWidth < 20 || cell.offsetHeight < 10).map(({ className }) => className)";
    expect(await page.evaluate<string[]>(hidden)).toEqual([]);
  });

  test('filters and orders can be reached', async () => {
    const page = await open(html, { viewport });
    const unfold = page.locator('#unfold');
    if (await unfold.isVisible()) await unfold.click();
    await page.selectOption('#outcome', 'errored');
    await page.selectOption('#order', 'cost');
    for (const id of ['outcome', 'stop', 'model', 'order']) expect(await page.locator(`#${id}`).isVisible()).toBe(true);
    if (await unfold.isVisible()) expect(await unfold.textContent()).toBe(filtersText(1));
  });
});

test('axe finds nothing in an answer as Markdown, in thinking, in tools and in pictures', async () => {
  const prompt = [
    said('system', 'Be kind.'),
    { kind: 'image', role: 'user', text: 'image/png, 70 bytes', image: PIXEL } as const,
    said('user', 'What is it?'),
    { kind: 'tool-result', role: 'user', id: 't1', text: 'x' } as const,
  ];
  const answer = [
    said(
      undefined,
      '# A\n\n## B\n\n- c\n  1. d\n\n> e\n\n| f | g |\n|---|---|\n| h | i |\n\n```\nj\n```\n\n[k](https://l.example)\n\n---',
    ),
    { kind: 'tool-call', name: 'find', text: '{}' } as const,
    { kind: 'thinking', text: 'Hm' } as const,
  ];
  for (const scheme of SCHEMES) {
    const page = await open(pageOf([caseOf(0, { prompt, answer })]), { ...scheme, bypassCSP: true });
    await page.locator('.row').click();
    await page.locator('[data-as=markdown]').click();
    await page.locator('.thinking summary').click();
    expect(await faultsOf(page)).toEqual([]);
  }
});

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test.each([320, 390, 768, 1_200])('%d pixels wide: nothing to scroll sideways', async (width) => {
  const page = await open(html, { viewport: { width, height: 800 } });
  await openSome(page);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
  const beyond =
    "[...document.querySelectorAll('main *')].filter((each) => each.closest('.scroll, svg, .unit, .row') === null && each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML.slice(0, 100))";
  expect(await page.evaluate<string[]>(beyond)).toEqual([]);
});

test.each([320, 390])('%d pixels wide: figures and controls that are unfolded have room', async (width) => {
  const long = { ...summary, run: { ...summary.run, name: 'n'.repeat(100), repository: `octo/${'r'.repeat(90)}` } };
  const failed = { ...long, failure: 'one word after another '.repeat(30) };
  const page = await open(pageOf(casesOf(60), { summary: failed }), { viewport: { width, height: 800 } });
  const bottomOf = (selector: string): Promise<number> =>
    page.evaluate<number>(`document.querySelector('${selector}').getBoundingClientRect().bottom`);
  if (width > 320) expect(await bottomOf('.facts a')).toBeLessThanOrEqual(await bottomOf('.facts'));
  for (const fold of ['#figures', '#about']) await page.locator(`${fold} > summary`).click();
  await page.locator('#unfold').click();
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
  const wide =
    "[...document.querySelectorAll('#folds *')].filter((each) => each.closest('.scroll, svg') === null && each.getBoundingClientRect().right > innerWidth).map((each) => each.outerHTML.slice(0, 100))";
  expect(await page.evaluate<string[]>(wide)).toEqual([]);
  const widthOf = (id: string): Promise<number> =>
    page.evaluate<number>(`document.getElementById('${id}').offsetWidth`);
  expect(await widthOf('search')).toBeGreaterThan(width / 2);
  for (const id of ['outcome', 'stop', 'model', 'order']) expect(await widthOf(id)).toBeGreaterThan(width / 3);
});

test('what has the focus is seen', async () => {
  const page = await open(html);
  for (const key of ['j', '/']) {
    await page.keyboard.press(key);
    // A line shows the focus of its button.
    const outline = await page.evaluate<string>(
      "getComputedStyle(document.activeElement.closest('.row') ?? document.activeElement).outlineStyle",
    );
    expect(outline).toBe('solid');
  }
});
