import type { Browser } from 'playwright-core';
import { startChromium } from './chromium.ts';
import { openPage } from './opened-page.ts';

/** Milliseconds from the start of loading, medians, and the first through the second. */
export interface FirstPaint {
  readonly pageMs: number;
  readonly emptyMs: number;
  readonly ratio: number;
  /** Until the list is filled, which comes after the first paint. */
  readonly readyMs: number;
}

const EMPTY =
  '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body><p>Empty</p></body></html>\n';

/**
 * The first paint of a page beside that of one that says a single word: in one browser, in turns, so that what else the
 * machine does falls on both.
 */
export async function measureFirstPaint(html: string, rounds = 7): Promise<FirstPaint> {
  const browser = await startChromium();
  try {
    // The first page that a browser opens pays for its start.
    await timesOf(browser, EMPTY);
    const empty: number[] = [];
    const page: number[] = [];
    const ready: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      empty.push((await timesOf(browser, EMPTY)).paintMs);
      const times = await timesOf(browser, html);
      page.push(times.paintMs);
      ready.push(times.readyMs);
    }
    const [pageMs, emptyMs] = [medianOf(page), medianOf(empty)];
    return { pageMs, emptyMs, ratio: pageMs / emptyMs, readyMs: medianOf(ready) };
  } finally {
    await browser.close();
  }
}

async function timesOf(
  browser: Browser,
  html: string,
): Promise<{ readonly paintMs: number; readonly readyMs: number }> {
  const { page, close } = await openPage(browser, html);
  try {
    const [paintMs, readyMs] = await page.evaluate<[number, number]>(`new Promise((resolve) => {
      const look = () => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        if (paint === undefined || document.getElementById('status')?.textContent === '') requestAnimationFrame(look);
        else resolve([paint.startTime, performance.now()]);
      };
      look();
    })`);
    return { paintMs, readyMs };
  } finally {
    await close();
  }
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
