import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page as a reader has it open, from a file, and all it did that it must not do. */
export interface OpenedPage {
  readonly page: Page;
  readonly url: string;
  /** Console messages, errors, dialogs, new windows, and requests for anything but the file. */
  readonly deeds: string[];
  readonly close: () => Promise<void>;
}

/** Opens HTML as a file, with this fragment. Whatever it asks for is refused and noted. */
export async function openPage(
  browser: Browser,
  html: string,
  { fragment = '', ...options }: BrowserContextOptions & { readonly fragment?: string } = {},
): Promise<OpenedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const deeds: string[] = [];
  await context.route('**/*', (route) => {
    const asked = route.request().url();
    if (asked.split('#')[0] === url) return route.continue();
    deeds.push(`request: ${asked}`);
    return route.abort();
  });
  // Routes do not see everything, such as images of data; this event does.
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url && !request.url().startsWith('data:'))
      deeds.push(`asked: ${request.url()}`);
  });
  page.on('console', (message) => deeds.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => deeds.push(`error: ${error.message}`));
  page.on('popup', (popup) => deeds.push(`window: ${popup.url()}`));
  page.on('framenavigated', (frame) => {
    if (frame.url().split('#')[0] !== url) deeds.push(`went to: ${frame.url()}`);
  });
  page.on('dialog', (dialog) => {
    deeds.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  await page.goto(url + fragment);
  return {
    page,
    url,
    deeds,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
