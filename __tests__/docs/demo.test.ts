import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toTwoDecimals } from '../../src/core/text/decimals.ts';
import { type Finished, root, runScript } from './process.ts';

/** The comment in what the demo prints: what is between the first title and the second. */
function commentIn(printed: string): string {
  return printed.split(/^.*\n=+$/m)[1]?.trim() ?? '';
}

describe('the demo', () => {
  let folder: string;
  let results: string;
  let finished: Finished;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'demo-'));
    results = join(folder, 'results');
    finished = await runScript(join(root, 'simulator', 'demo.ts'), [results], folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const summary = () => JSON.parse(readFileSync(join(results, 'summary.json'), 'utf8'));

  test('succeeds and says nothing else', () => {
    expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('prints the comment, then verdict and cost, then the results', () => {
    const titles = finished.stdout.match(/^.*(?=\n=+$)/gm);
    expect(titles).toEqual([
      'Comment on pull request #7',
      'Verdict and cost, from the outputs of the step',
      'Results: open the .html file in a browser',
    ]);
  });

  test('prints the comment as plain text', () => {
    const comment = commentIn(finished.stdout);
    expect(comment).toContain(`$${summary().cost.usd}`);
    // The round that sent two requests again, of which one was answered.
    expect(comment).toMatch(/^.* 1 +2 +1 /m);
    expect(comment).toContain('claude-sonnet-4-6');
    expect(comment).not.toMatch(/<|&#|\*\*|`|\||\]\(/);
    expect(Math.max(...comment.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('compares with main and prints the verdict', () => {
    const said = new Map(finished.stdout.split('\n').map((line) => line.split(/ +/, 2) as [string, string]));
    expect(summary().grading).toMatchObject({ verdict: 'inconclusive', passed: 19, failed: 3, ungraded: 1 });
    expect(summary().grading.comparison).toMatchObject({ pairs: 22, broken: 3, fixed: 0 });
    const { pass_rate, comparison } = summary().grading;
    expect(['verdict', 'pass-rate', 'baseline-pass-rate', 'drop', 'p-value'].map((name) => said.get(name))).toEqual([
      'inconclusive',
      ...[pass_rate, comparison.figures.before, comparison.figures.drop].map(toTwoDecimals),
      '0.0625000',
    ]);
  });

  test('prints the cost that the summary tells', () => {
    const { usd, standard_usd, saved_usd } = summary().cost;
    expect(finished.stdout.match(/^(?:cost|standard-cost|saved)-usd .*$/gm)).toEqual([
      `cost-usd           $${usd}`,
      `standard-cost-usd  $${standard_usd}`,
      `saved-usd          $${saved_usd}`,
    ]);
    expect(usd).toMatch(/^0\.00\d{4}$/);
  });

  test('prints paths of results that are still there', () => {
    const paths = finished.stdout.trimEnd().split('\n').slice(-readdirSync(results).length);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(paths).toEqual(readdirSync(results).map((name) => join(results, name)));
    expect(readdirSync(results)).toEqual([
      'benchmark-cost.json',
      'benchmark.json',
      'claude-batch-evals-0.html',
      'grades.jsonl',
      'junit.xml',
      'report.md',
      'requests.jsonl',
      'results.jsonl',
      'retry.jsonl',
      'summary.json',
    ]);
  });

  test('answers every request of the example but the one that is made to fail twice', () => {
    const lines = (name: string) =>
      readFileSync(join(results, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const example = readFileSync(join(root, 'examples', 'capitals.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines('results.jsonl').map(({ custom_id }) => custom_id)).toEqual(
      example.map((line) => JSON.parse(line).custom_id),
    );
    expect(lines('retry.jsonl').map(({ custom_id }) => custom_id)).toEqual(['choice-turkey']);
    expect(summary().incomplete).toMatchObject({ refusal: 1, max_tokens: 1 });
  });

  test('leaves nothing behind but the results', () => {
    expect(readdirSync(folder)).toEqual(['results']);
  });
});
