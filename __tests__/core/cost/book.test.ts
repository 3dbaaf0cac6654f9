import { describe, expect, test } from '@jest/globals';
import { createPriceBook, ratesOf } from '../../../src/core/cost/book.ts';
import { modelsWithoutPrice, priceRows, pricesAsOf } from '../../../src/core/cost/table.ts';
import { type Rates, tokenKinds } from '../../../src/core/cost/tokens.ts';

const prices = createPriceBook();
const at = (time: string) => Date.parse(time);
const today = at('2026-11-22T12:00:00Z');

/** Rates as USD per million tokens in the order of `tokenKinds`. */
function perMillion(rates: Rates | undefined): readonly (number | undefined)[] | undefined {
  return rates && tokenKinds.map((kind) => (rates[kind] === undefined ? undefined : Number(rates[kind]) / 1e9));
}

describe('every price, second entry of the books: input, write 5 min, write 1 h, cache read, output', () => {
  const rows: [string, string, number, (number | undefined)[], boolean][] = [
    ['claude-fable-5-2', '2026-11-22', 0, [8, 10, 16, 0.2, 40], true],
    ['claude-mythos-5-2', '2026-11-22', 0, [8, undefined, undefined, undefined, 40], true],
    ['claude-fable-5-1', '2026-11-22', 0, [10, 12.5, 20, 0.25, 50], true],
    ['claude-mythos-5-1', '2026-11-22', 0, [10, 12.5, 20, 0.25, 50], true],
    ['claude-fable-5', '2026-11-22', 0, [10, 12.5, 20, 1, 50], true],
    ['claude-mythos-5', '2026-11-22', 0, [10, 12.5, 20, 1, 50], true],
    ['claude-opus-5-5', '2026-11-22', 0, [4, 5, 8, 0.2, 20], true],
    ['claude-opus-5', '2026-11-22', 0, [5, 6.25, 10, 0.5, 25], true],
    ['claude-opus-4-8', '2026-11-22', 0, [5, 6.25, 10, 0.5, 25], true],
    ['claude-opus-4-7', '2026-11-22', 0, [5, 6.25, 10, 0.5, 25], true],
    ['claude-opus-4-6', '2026-11-22', 0, [5, 6.25, 10, 0.5, 25], true],
    ['claude-opus-4-5', '2026-11-22', 0, [5, 6.25, 10, 0.5, 25], false],
    ['claude-opus-4-1', '2026-11-22', 0, [15, 18.75, 30, 1.5, 75], false],
    ['claude-sonnet-5-5', '2026-11-22', 0, [2, 2.5, 4, 0.1, 10], true],
    ['claude-sonnet-5-5', '2026-09-01', 0, [2, 2.5, 4, 0.2, 10], true],
    ['claude-sonnet-5', '2026-11-22', 0, [2, 2.5, 4, 0.2, 10], true],
    ['claude-sonnet-4-6', '2026-11-22', 0, [3, 3.75, 6, 0.3, 15], true],
    ['claude-sonnet-4-5', '2026-11-22', 0, [3, 3.75, 6, 0.3, 15], false],
    ['claude-sonnet-4-5', '2026-11-22', 900_000, [6, 7.5, 12, 0.6, 22.5], false],
    ['claude-haiku-5-5', '2026-11-22', 0, [0.1, 0.125, 0.2, 0.01, 0.5], true],
    ['claude-haiku-5-5', '2026-11-22', 900_000, [0.5, 0.625, 1, 0.05, 2.5], true],
    ['claude-haiku-4-5', '2026-11-22', 0, [1, 1.25, 2, 0.1, 5], false],
  ];

  test.each(rows)('%s on %s with a prompt of %d tokens', (model, day, promptTokens, usd, regional) => {
    const found = ratesOf(prices, model, { atMs: at(day), promptTokens });
    expect(perMillion(found?.rates)).toEqual(usd);
    expect(found?.regional).toBe(regional);
  });

  test('no row of the table is left out above', () => {
    expect(rows).toHaveLength(priceRows.flatMap(({ models }) => models).length);
  });
});

describe('both sides of every edge: the cache read tells them apart', () => {
  test.each<[string, string, number, number | undefined]>([
    ['claude-sonnet-5-5', '2026-10-06T23:59:59.999Z', 0, 0.2],
    ['claude-sonnet-5-5', '2026-10-07T00:00:00.000Z', 0, 0.1],
    ['claude-fable-5-2', '2026-11-08T23:59:59.999Z', 0, undefined],
    ['claude-fable-5-2', '2026-11-09T00:00:00.000Z', 0, 0.2],
    ['claude-haiku-5-5', '2026-11-22T00:00:00.000Z', 100_000, 0.01],
    ['claude-haiku-5-5', '2026-11-22T00:00:00.000Z', 100_001, 0.05],
    ['claude-sonnet-4-5', '2026-11-22T00:00:00.000Z', 200_000, 0.3],
    ['claude-sonnet-4-5', '2026-11-22T00:00:00.000Z', 200_001, 0.6],
    ['claude-sonnet-4-6', '2026-11-22T00:00:00.000Z', 200_001, 0.3],
    ['claude-opus-4-6', '2026-11-22T00:00:00.000Z', 900_000, 0.5],
    ['claude-haiku-4-5', '2026-11-22T00:00:00.000Z', 0, 0.1],
    ['claude-haiku-4-5', '1970-01-01T00:00:00.000Z', 0, 0.1],
  ])('%s at %s with a prompt of %d tokens', (model, time, promptTokens, cacheRead) => {
    const rates = ratesOf(prices, model, { atMs: at(time), promptTokens })?.rates;
    expect(perMillion(rates)?.[3]).toBe(cacheRead);
  });
});

describe('which ids are a model of the table', () => {
  test.each([
    'claude-opus-4-5-20251101',
    'claude-haiku-4-5-20251001',
    'claude-sonnet-4-5-20250929',
    'claude-sonnet-5-5-20260930',
  ])('%s is', (model) => {
    expect(ratesOf(prices, model, { atMs: today, promptTokens: 0 })).toEqual(
      ratesOf(prices, model.slice(0, -9), { atMs: today, promptTokens: 0 }),
    );
    expect(ratesOf(prices, model, { atMs: today, promptTokens: 0 })).toBeDefined();
  });

  test.each([
    'claude-sonnet',
    'claude-sonnet-5-5-foo',
    'claude-sonnet-5-5-',
    'claude-sonnet-5-50',
    'claude-sonnet-5-6',
    'claude-opus-4-10',
    'claude-opus-4',
    'claude-opus-4-20250514',
    'claude-opus-4.6',
    'claude-opus-4-6-latest',
    'claude-opus-4-6-2025110',
    'claude-opus-4-6-202511011',
    'claude-opus-4-6-20251301',
    'claude-opus-4-6-20251132',
    'claude-opus-4-6-99999999',
    'claude-opus-4-620251101',
    'claude-opus-4-6-20251101-20251101',
    'claude-3-5-sonnet-20241022',
    'anthropic/claude-opus-4-6',
    'Claude-Opus-4-6',
    ' claude-opus-4-6',
    'claude-opus-4-6\n',
    '-20251101',
    '20251101',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    ...modelsWithoutPrice,
  ])('%j is not', (model) => {
    expect(ratesOf(prices, model, { atMs: today, promptTokens: 0 })).toBeUndefined();
  });
});

describe('overrides', () => {
  const mine: Rates = {
    input: 1_000n,
    cacheWrite5m: undefined,
    cacheWrite1h: 2_000n,
    cacheRead: 3_000n,
    output: 4_000n,
  };
  const given = (model: string) => createPriceBook(new Map([[model, mine]]));

  test('replace a model wholly: no tier, no date, no column of the built-in row is left', () => {
    for (const day of ['2020-01-01', '2026-11-22'])
      for (const promptTokens of [0, 900_000])
        for (const model of ['claude-haiku-5-5', 'claude-haiku-5-5-20260801', 'claude-fable-5-2'])
          expect(ratesOf(given(model), model, { atMs: at(day), promptTokens })?.rates).toBe(mine);
  });

  test('reach the dated ids of their model and leave every other model alone', () => {
    const book = given('claude-haiku-4-5');
    expect(ratesOf(book, 'claude-haiku-4-5-20251001', { atMs: today, promptTokens: 0 })?.rates).toBe(mine);
    expect(ratesOf(book, 'claude-haiku-5-5', { atMs: today, promptTokens: 0 })).toEqual(
      ratesOf(prices, 'claude-haiku-5-5', { atMs: today, promptTokens: 0 }),
    );
  });

  test('for a dated id are for that id only', () => {
    const book = given('claude-haiku-4-5-20251001');
    expect(ratesOf(book, 'claude-haiku-4-5-20251001', { atMs: today, promptTokens: 0 })?.rates).toBe(mine);
    expect(perMillion(ratesOf(book, 'claude-haiku-4-5', { atMs: today, promptTokens: 0 })?.rates)?.[0]).toBe(1);
    expect(perMillion(ratesOf(book, 'claude-haiku-4-5-20251002', { atMs: today, promptTokens: 0 })?.rates)?.[0]).toBe(
      1,
    );
  });

  test.each([
    ['claude-opus-4-6', true],
    ['claude-opus-4-5', false],
    ['claude-opus-4-5-20251101', false],
    ['claude-mythos-5-2', true],
    ['a-model-of-next-year', true],
    ['__proto__', true],
  ])('of %s: the US rate applies: %p', (model, regional) => {
    expect(ratesOf(given(model), model, { atMs: today, promptTokens: 0 })).toMatchObject({ rates: mine, regional });
  });
});

describe('the table itself', () => {
  test.each(priceRows.map((row) => [row.models.join(', '), row] as const))('the row of %s is sound', (_, row) => {
    for (const model of row.models) expect(model).toMatch(/^claude-[a-z]+(-\d+)+$/);
    for (const usd of Object.values(row.usd)) expect(usd).toMatch(/^\d+(\.\d{2,3})?$/);
    expect(row.source).not.toBe('');
    for (const day of [row.from, row.observed]) {
      if (day === undefined) continue;
      expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
      expect(day <= pricesAsOf).toBe(true);
    }
  });

  test('no two rows are for the same requests, and a model is regional in all of its rows or in none', () => {
    const keys = priceRows.flatMap(({ models, from, abovePromptTokens }) =>
      models.map((model) => `${model} ${from} ${abovePromptTokens}`),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const regional = new Set(priceRows.flatMap((row) => row.models.map((model) => `${model} ${row.regional}`)));
    expect(regional.size).toBe(new Set(priceRows.flatMap(({ models }) => models)).size);
  });

  test('a model without a price has no row', () => {
    const priced = new Set(priceRows.flatMap(({ models }) => models));
    expect(modelsWithoutPrice.filter((model) => priced.has(model))).toEqual([]);
  });
});
