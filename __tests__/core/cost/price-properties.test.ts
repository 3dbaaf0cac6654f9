import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPriceBook, ratesOf } from '../../../src/core/cost/book.ts';
import { priceUsage } from '../../../src/core/cost/price.ts';
import { priceRows } from '../../../src/core/cost/table.ts';
import { type Rates, tokenKinds } from '../../../src/core/cost/tokens.ts';
import type { Usage } from '../../../src/core/cost/usage.ts';
import { type Femto, parseUsdPerMillion } from '../../../src/core/text/money.ts';

const at = Date.parse('2026-11-22T12:00:00Z');

/** At most 10,000 tokens a kind: four prompt kinds twice over stay below every tier. */
const counts = fc.record({
  input: fc.nat(10_000),
  output: fc.nat(10_000),
  cacheRead: fc.nat(10_000),
  cacheWrite5m: fc.nat(10_000),
  cacheWrite1h: fc.nat(10_000),
  webSearches: fc.nat(50),
});
const region = fc.constantFrom('us', 'global', undefined);
const column = fc
  .tuple(fc.nat(1_000_000), fc.nat(999_999))
  .map(([whole, decimals]) => parseUsdPerMillion(`${whole}.${decimals.toString().padStart(6, '0')}`));
const given: fc.Arbitrary<Rates> = fc.record({
  input: column,
  output: column,
  cacheRead: column,
  cacheWrite5m: column,
  cacheWrite1h: column,
});
const whollyPriced = priceRows.filter(({ usd }) => usd.cacheRead !== undefined).flatMap(({ models }) => models);
/** A model of the table, or one with prices of any six decimals. */
const priced = fc.oneof(
  fc.constantFrom(...whollyPriced).map((model) => ({ model, prices: createPriceBook() })),
  given.map((rates) => ({ model: 'claude-x', prices: createPriceBook(new Map([['claude-x', rates]])) })),
);

type Counts = Omit<Usage, 'inferenceGeo' | 'unlisted'>;

function cost(
  counts: Counts,
  inferenceGeo: string | undefined,
  by: { model: string; prices: ReturnType<typeof createPriceBook> },
) {
  const usage: Usage = { ...counts, inferenceGeo, unlisted: false };
  const pricing = priceUsage({ ...by, usage, stopReason: 'end_turn', hasOutput: true, at });
  if (pricing.kind !== 'priced') throw new Error(`not priced: ${JSON.stringify(counts)}`);
  return pricing;
}

describe('of any usage within a tier', () => {
  test('the cost of two is the sum of their costs', () => {
    fc.assert(
      fc.property(counts, counts, region, priced, (a, b, geo, by) => {
        const sum: Counts = {
          input: a.input + b.input,
          output: a.output + b.output,
          cacheRead: a.cacheRead + b.cacheRead,
          cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
          cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
          webSearches: a.webSearches + b.webSearches,
        };
        const [ofA, ofB, ofSum] = [cost(a, geo, by), cost(b, geo, by), cost(sum, geo, by)];
        expect(ofSum.batch).toBe(ofA.batch + ofB.batch);
        expect(ofSum.standard).toBe(ofA.standard + ofB.standard);
      }),
    );
  });

  test('tokens cost exactly half in a batch, searches the same, nothing is negative', () => {
    fc.assert(
      fc.property(counts, region, priced, (used, geo, by) => {
        const { batch, standard } = cost(used, geo, by);
        const searches: Femto = BigInt(used.webSearches) * 10_000_000_000_000n;
        expect(batch >= searches).toBe(true);
        expect(2n * (batch - searches)).toBe(standard - searches);
      }),
    );
  });

  test('without the price of a kind it costs exactly as much as without tokens of that kind', () => {
    fc.assert(
      fc.property(counts, region, given, fc.constantFrom(...tokenKinds), (used, geo, rates, kind) => {
        const prices = createPriceBook(new Map([['claude-x', { ...rates, [kind]: undefined }]]));
        const usage: Usage = { ...used, [kind]: used[kind] + 1, inferenceGeo: geo, unlisted: false };
        const { batch, standard } = cost({ ...used, [kind]: 0 }, geo, { model: 'claude-x', prices });
        const pricing = priceUsage({ model: 'claude-x', prices, usage, stopReason: 'end_turn', hasOutput: true, at });
        expect(pricing).toEqual({ kind: 'partly', batch, standard });
      }),
    );
  });

  test('the US costs exactly a tenth more where the model knows regions, else the same', () => {
    fc.assert(
      fc.property(counts, priced, (used, by) => {
        const tokens = { ...used, webSearches: 0 };
        const [us, anywhere] = [cost(tokens, 'us', by).batch, cost(tokens, 'global', by).batch];
        expect(10n * us).toBe(
          (ratesOf(by.prices, by.model, { atMs: at, promptTokens: 0 })?.regional ? 11n : 10n) * anywhere,
        );
      }),
    );
  });
});
