import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Its message is one sentence for whoever runs the script. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

/** Where Debian puts it. */
export const DEFAULT_PATH = '/usr/bin/chromium';

/** A Chromium that makes no requests, with a new profile and an environment of its own. */
export async function openBrowser(variables: Readonly<Record<string, string | undefined>>): Promise<Browser> {
  const executablePath = variables['CHROMIUM_PATH'] || DEFAULT_PATH;
  if (!existsSync(executablePath))
    throw new NoBrowserError(`There is no Chromium at ${executablePath}: install one, or name it in CHROMIUM_PATH.`);
  const env: Record<string, string> = { LANG: 'C.UTF-8' };
  for (const name of ['PATH', 'HOME', 'TMPDIR']) if (variables[name] !== undefined) env[name] = variables[name];
  return chromium.launch({ executablePath, env, args: ARGUMENTS });
}

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How a picture is taken. */
export interface Shot {
  readonly path: string;
  /** Of the screen, in pixels. */
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
  /** Selectors of what to click first; each selects its first match. */
  readonly clicked?: readonly string[];
}

/** The result of taking a picture. */
export interface Taken {
  /** Addresses that were requested. */
  readonly asked: readonly string[];
  /** Of the box of a comment or summary, in pixels; undefined for a page without one. */
  readonly boxHeight: number | undefined;
}

/** Writes a picture of a whole page. Nothing is fetched: a picture or style from elsewhere stays away. */
export async function takePicture(
  browser: Browser,
  html: string,
  { path, width, scheme = 'light', clicked = [] }: Shot,
): Promise<Taken> {
  // Low, so that a short text has no empty space below it; what is clicked must not be covered by what stays in view.
  const height = clicked.length > 0 ? 900 : 100;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, offline: true });
  const asked: string[] = [];
  try {
    await context.route('**/*', (route) => {
      asked.push(route.request().url());
      return route.abort();
    });
    const page = await context.newPage();
    await page.setContent(html);
    for (const selector of clicked) await page.locator(selector).first().click();
    // The browser may not paint what is off screen, so the screen is made as high as the page.
    const whole = await page.evaluate('document.documentElement.scrollHeight');
    await page.setViewportSize({ width, height: Math.min(Number(whole), 8_000) });
    await page.evaluate('new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))');
    await page.screenshot({ path, fullPage: true });
    const box = page.locator('.box');
    const bounds = (await box.count()) === 0 ? null : await box.boundingBox();
    return { asked, boxHeight: bounds === null ? undefined : Math.round(bounds.height) };
  } finally {
    await context.close();
  }
}
