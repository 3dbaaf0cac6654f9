import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { statusText } from '../../src/core/messages/page-script.ts';
import { startChromium } from './chromium.ts';
import { type OpenedPage, openPage } from './opened-page.ts';

export interface Pages {
  /** Opens a page in the browser of this file's tests, and waits for its list. */
  readonly open: (html: string, options?: BrowserContextOptions & { readonly fragment?: string }) => Promise<Page>;
  /** What pages did since the last look, in a test that makes them do it. */
  readonly takeDeeds: () => string[];
}

/**
 * Starts one browser for the tests of a file. After each test its pages must have done nothing but be shown: no request, no
 * word on the console, no error, no dialog, no other address.
 */
export function usePages(): Pages {
  let browser: Browser | undefined;
  let opened: OpenedPage[] = [];
  const takeDeeds = (): string[] => opened.flatMap(({ deeds }) => deeds.splice(0));
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterEach(async () => {
    for (const { close } of opened) await close();
    const deeds = takeDeeds();
    opened = [];
    expect(deeds).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    open: async (html, options) => {
      if (browser === undefined) throw new Error('There is no browser.');
      const found = await openPage(browser, html, options);
      opened.push(found);
      if (options?.javaScriptEnabled !== false) await waitForList(found.page);
      return found.page;
    },
    takeDeeds,
  };
}

/** Waits until the list is made, which is after the first paint. */
export async function waitForList(page: Page): Promise<void> {
  await page.locator('#status:not(:empty)').waitFor({ state: 'attached' });
}

/** Ids of the cases in the list, in its order. */
export function idsOf(page: Page): Promise<string[]> {
  return page.locator('#cases .id').allTextContents();
}

/** What has the focus: the case whose line it is, or the id of another element. */
export function focusOf(page: Page): Promise<string> {
  return page.evaluate<string>(
    "(({activeElement: at}) => at.querySelector(':scope > .id')?.textContent ?? at.id)(document)",
  );
}

/** What the list says where a search has nothing to add. */
export function shownText(shown: number, total: number, unsearched = 0): string {
  return statusText({ shown, total, leftOut: 0, unsearched });
}

/** Waits until the list says this of itself. */
export async function waitForStatus(page: Page, text: string): Promise<void> {
  // From its start, since "0 of 300" is also in "300 of 300".
  await page.locator('#status', { hasText: new RegExp(`^${text.replace(/[.()]/g, '\\$&')}`) }).waitFor();
}
