import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { casesOf } from '../../scripts/preview/cases.ts';
import { NoBrowserError, openBrowser } from '../../scripts/preview/pictures.ts';
import { samples } from '../../scripts/preview/samples.ts';
import { activeParts, renderGitHub } from '../../simulator/rendering/index.ts';
import { printReport } from '../../src/core/markdown/report.ts';

test('without a Chromium one sentence says what to do', async () => {
  const opened = openBrowser({ CHROMIUM_PATH: join(tmpdir(), 'there-is', 'none') });
  await expect(opened).rejects.toThrow(NoBrowserError);
  await expect(opened).rejects.toThrow(/^There is no Chromium at .*none: install one, or name it in CHROMIUM_PATH\.$/);
});

const withCases = samples().flatMap(({ name, summary, artifact }) =>
  summary === undefined || artifact === undefined ? [] : [[name, summary] as const],
);

test.each(withCases)('the cases of %s do not contradict its overview', (_, summary) => {
  const cases = casesOf(summary);
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { outcome, example_id } of summary.failures) {
    const found = cases.find(({ id }) => id === example_id);
    if (found !== undefined) expect(found.outcome).toBe(outcome);
  }
  for (const { model, succeeded, tokens, usd } of summary.models) {
    for (const found of cases.filter((one) => one.model === model && one.tokens !== null)) {
      const ratios = [
        (found.tokens?.input ?? 0) / (tokens.input / succeeded),
        (found.tokens?.output ?? 0) / (tokens.output / succeeded),
        usd === null ? 1 : Number(found.usd) / (Number(usd) / succeeded),
      ];
      for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
      expect(found.tokens?.cache_read === 0).toBe(tokens.cache_read === 0);
    }
  }
});

test('every sample has a name of its own and says what it is', () => {
  const names = samples().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const statuses = new Set(samples().map(({ summary }) => summary?.status));
  expect([...statuses].sort()).toEqual(
    ['canceled', 'completed', 'dry-run', 'empty', 'failed', 'pending', 'rejected', 'skipped', undefined].sort(),
  );
});

test('nothing in a sample acts but its links to run, page, artifact and commit, and its folds', async () => {
  for (const { report } of samples()) {
    const parts = activeParts(await renderGitHub(printReport(report), 'comment'));
    const others = parts.filter((part) => !/^link https:\/\/github\.com\/octo\/evals\/actions\/runs\/\d+/.test(part));
    const blocks = [...report.parts, ...report.folded].filter((block) => block.includes('<details'));
    const folds = blocks.map((fold) => (fold.startsWith('<details open>') ? 'open details' : 'details'));
    expect(others.filter((part) => !part.startsWith('commit '))).toEqual(folds);
    // The baseline's stands in the details, and in their title.
    const commits = new Set(others.filter((part) => part.startsWith('commit ')));
    commits.delete('commit https://github.com/octo/evals/commit/9f8e7d6');
    expect([...commits]).toEqual(['commit https://github.com/octo/evals/commit/4f1d9c2']);
  }
});
