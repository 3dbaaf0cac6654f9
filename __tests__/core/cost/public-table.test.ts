import { describe, expect, test } from '@jest/globals';
import { calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices';
import { createPriceBook, ratesOf } from '../../../src/core/cost/book.ts';
import { priceRows, pricesAsOf, webSearchPrice } from '../../../src/core/cost/table.ts';
import type { Rates } from '../../../src/core/cost/tokens.ts';

/** Our columns by the names of the public table. */
const columns = [
  ['input', 'input_mtok'],
  ['cacheWrite5m', 'cache_write_mtok'],
  ['cacheWrite1h', 'cache_write_1h_mtok'],
  ['cacheRead', 'cache_read_mtok'],
  ['output', 'output_mtok'],
] as const satisfies readonly (readonly [keyof Rates, string])[];

const day = new Date(`${pricesAsOf}T12:00:00Z`);
const promptSizes = [1_000, 100_000, 100_001, 200_000, 200_001];
const prices = createPriceBook();
const models = [...new Set(priceRows.flatMap((row) => row.models))];
const theirModels = findProvider({ providerId: 'anthropic' })?.models ?? [];

function publicPrice(model: string): { readonly id: string; readonly price: ModelPrice } | undefined {
  const found = calcPrice({ input_tokens: 1 }, model, { providerId: 'anthropic', timestamp: day });
  return found === null ? undefined : { id: found.model.id, price: found.model_price };
}

/** Their price of a column in USD per million, for a prompt of that size. */
function theirs(price: ModelPrice, column: string, promptTokens: number): number | undefined {
  const value = price[column];
  if (value === undefined || typeof value === 'number') return value;
  return value.tiers.reduce((at, tier) => (promptTokens > tier.start ? tier.price : at), value.base);
}

function differences(model: string): string[] {
  const found = publicPrice(model);
  if (found === undefined) return ['not in the public table'];
  const list = found.id === model ? [] : [`priced there as ${found.id}`];
  for (const [ours, column] of columns) {
    for (const size of promptSizes) {
      const rate = ratesOf(prices, model, { atMs: day.getTime(), promptTokens: size })?.rates[ours];
      const usd = rate === undefined ? undefined : Number(rate) / 1e9;
      const other = theirs(found.price, column, size);
      if (usd !== other) list.push(`${ours} at ${size} tokens: ${usd} here, ${other} there`);
    }
  }
  const searches = theirs(found.price, 'web_searches_kcount', 1_000);
  if (searches !== Number(webSearchPrice) / 1e12) list.push(`web search: ${searches} there`);
  return list;
}

/** Where we differ from the public table and why we are right to. */
const known = new Map<string, string[]>([
  // It does not know these models yet.
  ['claude-fable-5-2', ['not in the public table']],
  ['claude-mythos-5-2', ['not in the public table']],
  ['claude-mythos-5-1', ['not in the public table']],
  ['claude-mythos-5', ['not in the public table']],
  ['claude-haiku-5-5', ['not in the public table']],
  // It matches by prefix, and so gives Sonnet 5.5 the cache read of Sonnet 5.
  [
    'claude-sonnet-5-5',
    [
      'priced there as claude-sonnet-5',
      ...promptSizes.map((size) => `cacheRead at ${size} tokens: 0.1 here, 0.2 there`),
    ],
  ],
]);

describe('against the public table of @pydantic/genai-prices', () => {
  test.each(models)('%s', (model) => {
    expect(differences(model)).toEqual(known.get(model) ?? []);
  });

  test('every known difference is about a model of ours', () => {
    expect([...known.keys()].filter((model) => !models.includes(model))).toEqual([]);
  });

  test('the models it prices and we do not are retired ones', () => {
    const unpriced = theirModels.map(({ id }) => id).filter((id) => !models.includes(id));
    expect(unpriced).toEqual([
      'claude-2',
      'claude-3-5-haiku-latest',
      'claude-3-5-sonnet',
      'claude-3-7-sonnet-latest',
      'claude-3-haiku',
      'claude-3-opus-latest',
      'claude-3-sonnet',
      'claude-opus-4-0',
      'claude-sonnet-4-0',
      'claude-v1',
    ]);
  });
});
