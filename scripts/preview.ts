// Pictures of what people see of a run: the comment and the job summary as GitHub shows them, and the page, for a sample of
// each way a run can end. Also prints how high the comments are. `--out` names the folder, `--only` a part of the samples' names.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { renderGitHub } from '../simulator/rendering/index.ts';
import { makeJobSummary } from '../src/core/markdown/markdown.ts';
import { printReport } from '../src/core/markdown/report.ts';
import { commentOf, commentOfMany, manyOf, matrixOf } from './preview/comment.ts';
import { type Frame, frame, SCHEMES, WIDTHS } from './preview/frame.ts';
import { RECENT } from './preview/graded-samples.ts';
import { pageOf } from './preview/page.ts';
import { NoBrowserError, openBrowser, type Shot, takePicture } from './preview/pictures.ts';
import { PAGE, type Sample, samples } from './preview/samples.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string' } } });
  const folder = resolve(values.out ?? 'preview');
  const isWanted = (name: string) => name.includes(values.only ?? '');
  const all = samples();
  const browser = await openBrowser(process.env);
  try {
    mkdirSync(folder, { recursive: true });
    for (const sample of all.filter(({ name }) => isWanted(name)))
      for (const path of await picturesOf(browser, sample, folder)) console.log(path);
    if (isWanted('matrix'))
      for (const path of await draw(browser, matrixOf(all), 'comment', join(folder, 'matrix-comment')))
        console.log(path);
    for (const count of [3, 40, 200].filter((number) => isWanted(`sections-${number}`))) {
      const many = commentOfMany(manyOf(all, count));
      for (const path of await draw(browser, many, 'comment', join(folder, `sections-${count}-comment`)))
        console.log(path);
    }
  } finally {
    await browser.close();
  }
}

/** The samples whose page is drawn in every view, and the cases that are then open. */
const WITH_VIEWS: ReadonlyMap<string, readonly string[]> = new Map([
  ['mixed', ['.row:has(.errored)', '.row:has(.whole)']],
  ['grades-fell', ['.row:has(.fail)', '.row:has(.pass)']],
]);

/** The ways to draw a page, with their file names: as it opens, with cases open, on a phone. */
function viewsOf(name: string): readonly (readonly [string, Pick<Shot, 'width' | 'clicked'>])[] {
  const clicked = WITH_VIEWS.get(name);
  const first = ['', { width: 1200 }] as const;
  return clicked === undefined ? [first] : [first, ['-open', { width: 1200, clicked }], ['-phone', { width: 400 }]];
}

/** The sample whose comment is drawn on a phone as well. */
const ON_PHONE = 'grades-fell';
const PHONE_WIDTH = 400;

/** Comment, job summary and page of one sample. */
async function picturesOf(browser: Browser, sample: Sample, folder: string): Promise<string[]> {
  const { name, summary, artifact } = sample;
  const written = await draw(browser, commentOf(sample), 'comment', join(folder, `${name}-comment`));
  if (name === ON_PHONE)
    written.push(...(await draw(browser, commentOf(sample), 'comment', join(folder, `${name}-phone`), PHONE_WIDTH)));
  if (summary !== undefined)
    written.push(
      ...(await draw(
        browser,
        printReport(makeJobSummary(summary, { page: artifact && PAGE, artifact }, RECENT)),
        'summary',
        join(folder, `${name}-summary`),
      )),
    );
  const page = pageOf(sample);
  if (page === undefined) return written;
  for (const [view, shot] of viewsOf(name)) {
    for (const scheme of SCHEMES) {
      const path = join(folder, `${name}-page${view}-${scheme}.png`);
      const { asked } = await takePicture(browser, page, { path, scheme, ...shot });
      if (asked.length > 0) console.error(`The page of ${name} asks for ${asked.join(', ')}`);
      written.push(path);
    }
  }
  return written;
}

/** One text in every colour scheme, and as it is. Returns the paths of the pictures, each with a tab and the height of its box. */
async function draw(
  browser: Browser,
  markdown: string,
  around: Frame,
  base: string,
  width = WIDTHS[around],
): Promise<string[]> {
  writeFileSync(`${base}.md`, markdown);
  const html = await renderGitHub(markdown, around);
  const written: string[] = [];
  for (const scheme of SCHEMES) {
    const path = `${base}-${scheme}.png`;
    const { boxHeight } = await takePicture(browser, frame(html, around, scheme), { path, width });
    written.push(`${path}\t${boxHeight} px`);
  }
  return written;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof NoBrowserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
