import { describe, expect, test } from '@jest/globals';
import { estimateLines, renderCalculator, renderEstimate } from '../../../src/core/markdown/estimate-part.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { CACHING_NOTES, ESTIMATE, ESTIMATE_LABELS } from '../../../src/core/messages/estimate.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { estimateOf } from '../../../src/core/summary/estimate-summary.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { about } from '../summary/samples.ts';
import { ask, estimate, hour } from './asked.ts';

const told = (requests: readonly Params[]) => estimateOf(estimate(requests, { counts: requests.map(() => 1_000) }));
const linesOf = (...requests: Params[]) => estimateLines(told(requests));
const search = { tools: [{ type: 'web_search_20250305' }] };
const compaction = { context_management: { edits: [{ type: 'compact_20260112' }] } };

describe('where some requests have no price', () => {
  const part = told([ask(), ask({ model: 'claude-mythos-preview' })]);

  test('there is no bound, and what is likely is a part', () => {
    expect(part.batch).toMatchObject({ likely: '0.005625', upper: null });
    expect(part.standard).toMatchObject({ likely: '0.011250', upper: null });
    expect(told([ask()]).batch?.upper).toBe('0.016500');
    expect(estimateLines(part)).toContain(ESTIMATE.unpriced({ count: 1, models: ['claude-mythos-preview'] }));
  });

  test('the sentence says so', () => {
    const dry = summarize({ status: 'dry-run', requestCount: 2, failures: [] }, about);
    const summary: Summary = { ...dry, estimate: part };
    expect(logLines(summary)).toContainEqual({
      code: 'dry-run-ended',
      requests: part.requests,
      total: 2,
      batch: { low: '0.002513', likely: '0.005625', high: '0.015000', upper: null },
      unpriced: 1,
    });
    expect(renderEstimate(summary)).toContain(`| ${ESTIMATE_LABELS.none} |`);
  });
});

test.each<[string, Params, readonly ('server-tools' | 'compaction')[]]>([
  ['tools', search, ['server-tools']],
  ['compaction', compaction, ['compaction']],
  ['both', { ...search, ...compaction }, ['server-tools', 'compaction']],
])('%s that add tokens are named, and max_tokens is not said to limit the answers', (_, more, by) => {
  const lines = linesOf(ask({ ...more, max_tokens: 9_000 }));
  expect(lines).toContain(ESTIMATE.unbounded({ count: 1, by }));
  expect(lines).toContain(ESTIMATE.output({ low: 0, likely: 512, high: 2_048, upper: null }));
});

test('tokens are told as they are', () => {
  expect(linesOf(ask({ max_tokens: 1 }))).toContain(ESTIMATE.output({ low: 1, likely: 1, high: 1, upper: 1 }));
  expect(linesOf(ask({ max_tokens: 0 }))).toContain(ESTIMATE.output({ low: 0, likely: 0, high: 0, upper: 0 }));
});

test('with marks it is said where the likely amount lies between the cells', () => {
  const system = [{ type: 'text', text: 's'.repeat(39_998), cache_control: hour }];
  const marked = told([ask({ system }), ask({ system })]);
  expect(renderCalculator(marked)).toContain(CACHING_NOTES.marks);
  expect(estimateLines(marked).at(-1)).toBe(CACHING_NOTES.marks);
  for (const note of [CACHING_NOTES.marks, CACHING_NOTES.prefixes])
    expect(renderCalculator(told([ask()]))).not.toContain(note);
});
