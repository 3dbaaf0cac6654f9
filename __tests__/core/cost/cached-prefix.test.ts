import { describe, expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { priceUsage } from '../../../src/core/cost/price.ts';
import { priceRows } from '../../../src/core/cost/table.ts';

const prices = createPriceBook();

/** What a cached token costs in a batch, as a percentage of an uncached one outside. */
function cachedSharePercent(model: string, promptTokens: number, day: string): number {
  const share = {
    output: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    webSearches: 0,
    inferenceGeo: undefined,
    unlisted: false,
  };
  const more = { model, stopReason: 'end_turn', hasOutput: true, at: Date.parse(day), prices };
  const cached = priceUsage({ ...more, usage: { ...share, input: 0, cacheRead: promptTokens } });
  const plain = priceUsage({ ...more, usage: { ...share, input: promptTokens, cacheRead: 0 } });
  if (cached.kind === 'unpriced' || plain.kind === 'unpriced') throw new Error(`${model} has no price`);
  return Number((cached.batch * 1_000_000n) / plain.standard) / 10_000;
}

describe('a stable prefix, read from the cache in a batch, costs 5 % of input: cache read (0.10) × batch (0.50)', () => {
  const expected: [string, number, string, number][] = [
    ['claude-fable-5', 1_000, '2026-11-22', 5],
    ['claude-mythos-5', 1_000, '2026-11-22', 5],
    ['claude-opus-5', 1_000, '2026-11-22', 5],
    ['claude-opus-4-8', 1_000, '2026-11-22', 5],
    ['claude-opus-4-7', 1_000, '2026-11-22', 5],
    ['claude-opus-4-6', 1_000, '2026-11-22', 5],
    ['claude-opus-4-5', 1_000, '2026-11-22', 5],
    ['claude-opus-4-1', 1_000, '2026-11-22', 5],
    ['claude-sonnet-5-5', 1_000, '2026-10-06', 5],
    ['claude-sonnet-5', 1_000, '2026-11-22', 5],
    ['claude-sonnet-4-6', 1_000, '2026-11-22', 5],
    ['claude-sonnet-4-5', 1_000, '2026-11-22', 5],
    ['claude-sonnet-4-5', 300_000, '2026-11-22', 5],
    ['claude-haiku-5-5', 1_000, '2026-11-22', 5],
    ['claude-haiku-5-5', 300_000, '2026-11-22', 5],
    ['claude-haiku-4-5', 1_000, '2026-11-22', 5],
    // Models that read from the cache for less than a tenth of input beat the promise.
    ['claude-opus-5-5', 1_000, '2026-11-22', 2.5],
    ['claude-sonnet-5-5', 1_000, '2026-11-22', 2.5],
    ['claude-fable-5-2', 1_000, '2026-11-22', 1.25],
    ['claude-fable-5-1', 1_000, '2026-11-22', 1.25],
    ['claude-mythos-5-1', 1_000, '2026-11-22', 1.25],
  ];

  test.each(expected)('%s with %d tokens on %s: %d %%', (model, promptTokens, day, percent) => {
    expect(cachedSharePercent(model, promptTokens, day)).toBe(percent);
  });

  test('no row of the table is left out above', () => {
    const priced = priceRows.filter(({ usd }) => usd.cacheRead !== undefined);
    expect(expected).toHaveLength(priced.flatMap(({ models }) => models).length);
  });
});
