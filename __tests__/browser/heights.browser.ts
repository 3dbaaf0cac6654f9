import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { commentOf, commentOfMany, manyOf, matrixOf } from '../../scripts/preview/comment.ts';
import { frame, WIDTHS } from '../../scripts/preview/frame.ts';
import { openBrowser, takePicture } from '../../scripts/preview/pictures.ts';
import { samples } from '../../scripts/preview/samples.ts';
import { renderGitHub } from '../../simulator/rendering/index.ts';

// How much of a pull request a comment takes: the box with its header, without what is folded.

const browser = await openBrowser(process.env);
const folder = mkdtempSync(join(tmpdir(), 'heights-'));
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const all = samples();
const bodyOf = (name: string): string => all.filter((one) => one.name === name).map(commentOf)[0] ?? '';

test.each([
  ['a success', bodyOf('all-good'), 270],
  ['a run that reuses most answers', bodyOf('reused'), 270],
  ['a run that reuses all answers', bodyOf('reused-all'), 270],
  ['a graded run that reuses most answers', bodyOf('grades-reused'), 310],
  ['failures of five kinds', bodyOf('mixed'), 620],
  ['a batch that is still running', bodyOf('pending'), 300],
  ['a batch that was just submitted', bodyOf('submitted'), 300],
  ['a run whose grades pass', bodyOf('grades-passed'), 290],
  ['a pass rate that fell', bodyOf('grades-fell'), 640],
  ['a drop that may be chance', bodyOf('grades-inconclusive'), 345],
  ['a first run with grades', bodyOf('grades-first'), 290],
  ['an outage of the judge', bodyOf('grades-no-judge'), 310],
  ['a matrix of four models', matrixOf(all), 1_030],
  ['three names', commentOfMany(manyOf(all, 3)), 430],
])('%s takes no more than its pixels', async (_, body, most) => {
  const html = frame(await renderGitHub(body, 'comment'), 'comment', 'light');
  const { boxHeight } = await takePicture(browser, html, { path: join(folder, 'comment.png'), width: WIDTHS.comment });
  // An empty comment is some 100 pixels high.
  expect(boxHeight).toBeGreaterThan(150);
  expect(boxHeight).toBeLessThanOrEqual(most);
});
