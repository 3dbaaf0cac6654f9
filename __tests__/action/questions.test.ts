import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { unzip } from '../../simulator/results/index.ts';
import { shortenUsd } from '../../src/core/text/money.ts';
import { costByHand } from './cost.ts';
import { idsOf, readOutput, run, sharedFile, simulate, visibleLog } from './harness.ts';

// Real questions, all of them: every id comes back, in order, and every place tells the same figures.

const path = sharedFile('gsm8k.jsonl');
const onQuestions = path === undefined ? test.skip : test;

onQuestions('1,319 real questions go through, and nothing of them is lost', async () => {
  const questions = readFileSync(path ?? '', 'utf8');
  const simulator = await simulate();
  const result = await run(simulator, questions);
  expect(result.conclusion).toBe('success');

  const ids = idsOf(questions);
  expect(ids).toHaveLength(1319);
  const results = readOutput(result, 'results-file');
  expect(idsOf(results)).toEqual(ids);

  const artifact = simulator.results.artifacts.find(({ name }) => name === 'claude-batch-evals-0');
  const files = unzip(artifact?.blob.bytes ?? Buffer.alloc(0));
  expect([...files.keys()].sort()).toEqual([
    'benchmark-cost.json',
    'benchmark.json',
    'grades.jsonl',
    'junit.xml',
    'report.md',
    'requests.jsonl',
    'results.jsonl',
    'retry.jsonl',
    'summary.json',
  ]);
  expect(files.get('results.jsonl')?.toString('utf8')).toBe(results);
  expect(files.get('summary.json')?.toString('utf8')).toBe(readOutput(result, 'summary-file'));
  expect(files.get('retry.jsonl')?.toString('utf8')).toBe('');
  expect(result.outputs.get('artifact-id')).toBe(String(artifact?.id));
  expect(result.outputs.get('artifact-digest')).toBe(artifact?.digest?.replace('sha256:', ''));

  const sent = [...simulator.anthropic.batches.values()][0];
  const requests = files.get('requests.jsonl')?.toString('utf8').trimEnd().split('\n') ?? [];
  expect(requests).toHaveLength(1319);
  expect(sent?.bodySha256).toBe(sha256(`{"requests":[${requests.join(',')}]}`));

  const summary = JSON.parse(readOutput(result, 'summary-file'));
  const out = (name: string): string | undefined => result.outputs.get(name);
  expect({
    status: out('status'),
    counts: [
      out('request-count'),
      out('succeeded-count'),
      out('errored-count'),
      out('canceled-count'),
      out('expired-count'),
      out('missing-count'),
    ],
    tokens: [out('input-tokens'), out('output-tokens'), out('cache-read-tokens'), out('cache-write-tokens')],
    cost: [out('cost-usd'), out('standard-cost-usd'), out('saved-usd'), out('unpriced-count')],
  }).toEqual({
    status: summary.status,
    counts: [1319, 1319, 0, 0, 0, 0].map(String),
    tokens: [summary.tokens.input, summary.tokens.output, summary.tokens.cache_read, summary.tokens.cache_write].map(
      String,
    ),
    cost: [summary.cost.usd, summary.cost.standard_usd, summary.cost.saved_usd, String(summary.cost.unpriced)],
  });
  expect(summary.cost.usd).toBe(costByHand(results, 0.5));
  expect(summary.cost.standard_usd).toBe(costByHand(results, 1));

  const [comment, ...others] = simulator.repository.comments;
  expect(others).toEqual([]);
  for (const place of [comment?.body ?? '', result.summary, readOutput(result, 'report-file')]) {
    for (const figure of [
      `$${summary.cost.usd}`,
      `$${summary.cost.standard_usd}`,
      `$${summary.cost.saved_usd}`,
      grouped(summary.requests.total),
      grouped(summary.tokens.input),
      grouped(summary.tokens.output),
      grouped(summary.tokens.cache_read),
    ]) {
      expect(place).toContain(figure);
    }
  }
  expect(visibleLog(result)).toContain(`$${shortenUsd(summary.cost.usd ?? '')}`);
  expect(JSON.parse(out('summary-json') ?? '{}').cost).toEqual(summary.cost);
});

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
