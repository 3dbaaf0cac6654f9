import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { DEFAULT_PATH, NoBrowserError, openBrowser } from '../../scripts/preview/pictures.ts';
import { samples } from '../../scripts/preview/samples.ts';
import { activeParts, renderGitHub } from '../../simulator/rendering/index.ts';
import { root, runScript } from '../docs/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'preview-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without a Chromium one sentence says what to do', async () => {
  const opened = openBrowser({ CHROMIUM_PATH: join(folder, 'none') });
  await expect(opened).rejects.toThrow(NoBrowserError);
  await expect(opened).rejects.toThrow(/^There is no Chromium at .*none: install one, or name it in CHROMIUM_PATH\.$/);
});

// Skipped where no Chromium is installed.
(existsSync(DEFAULT_PATH) ? test : test.skip)('one command draws comment, summary and page', async () => {
  const out = join(folder, 'out');
  const done = await runScript(join(root, 'scripts', 'preview.ts'), ['--out', out, '--only', 'no-key'], folder);
  expect(done).toMatchObject({ exitCode: 0, stderr: '' });
  const pictures = readdirSync(out).filter((name) => name.endsWith('.png'));
  expect(pictures.map((name) => join(out, name)).sort()).toEqual(done.stdout.trim().split('\n').sort());
  expect(pictures).toEqual(expect.arrayContaining(['no-key-comment-dark.png', 'no-key-summary-light.png']));
});

test('every sample has a name of its own and says what it is', () => {
  const names = samples().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const statuses = new Set(samples().map(({ summary }) => summary?.status));
  expect([...statuses].sort()).toEqual(
    ['canceled', 'completed', 'dry-run', 'empty', 'failed', 'pending', 'rejected', 'skipped', undefined].sort(),
  );
});

test('nothing in a sample acts but its links to run, page and artifact, and the fold of its batches', async () => {
  for (const { markdown, summary } of samples()) {
    const parts = activeParts(await renderGitHub(markdown, 'comment'));
    const others = parts.filter((part) => !/^link https:\/\/github\.com\/octo\/evals\/actions\/runs\/\d+/.test(part));
    const hasBatches = summary === undefined || (summary.batches.length > 0 && summary.status !== 'failed');
    expect(others).toEqual(hasBatches ? ['details'] : []);
  }
});
