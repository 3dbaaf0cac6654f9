import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { root, runScript } from '../docs/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'preview-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one command draws comment, summary and page', async () => {
  const out = join(folder, 'out');
  const done = await runScript(join(root, 'scripts', 'preview.ts'), ['--out', out, '--only', 'no-key'], folder);
  expect(done).toMatchObject({ exitCode: 0, stderr: '' });
  const pictures = readdirSync(out).filter((name) => name.endsWith('.png'));
  const printed = done.stdout.trim().split('\n');
  expect(pictures.map((name) => join(out, name)).sort()).toEqual(printed.map((line) => line.split('\t')[0]).sort());
  expect(printed.filter((line) => !/-(?:comment|summary)-\w+\.png\t\d+ px$/.test(line))).toEqual([]);
  expect(pictures).toEqual(expect.arrayContaining(['no-key-comment-dark.png', 'no-key-summary-light.png']));
});

/** Of a PNG file, in pixels. */
const widthOf = (path: string): number => readFileSync(path).readUInt32BE(16);

test('one page is drawn in every view', async () => {
  const out = join(folder, 'views');
  const done = await runScript(join(root, 'scripts', 'preview.ts'), ['--out', out, '--only', 'mixed'], folder);
  expect(done).toMatchObject({ exitCode: 0, stderr: '' });
  const widths = readdirSync(out)
    .filter((name) => /-page.*\.png$/.test(name))
    .map((name) => [name, widthOf(join(out, name))]);
  expect(Object.fromEntries(widths)).toEqual({
    'mixed-page-dark.png': 1200,
    'mixed-page-light.png': 1200,
    'mixed-page-open-dark.png': 1200,
    'mixed-page-open-light.png': 1200,
    'mixed-page-phone-dark.png': 400,
    'mixed-page-phone-light.png': 400,
  });
});
