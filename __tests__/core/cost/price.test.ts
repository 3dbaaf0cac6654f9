import { describe, expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { type Priceable, type Pricing, priceUsage } from '../../../src/core/cost/price.ts';
import type { Usage } from '../../../src/core/cost/usage.ts';

const nothing: Usage = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  webSearches: 0,
  inferenceGeo: undefined,
  unlisted: false,
};

function price(model: string, usage: Partial<Usage>, more: Partial<Priceable> = {}): Pricing {
  return priceUsage({
    model,
    usage: { ...nothing, ...usage },
    stopReason: 'end_turn',
    hasOutput: true,
    at: Date.parse('2026-11-22T12:00:00Z'),
    prices: createPriceBook(),
    ...more,
  });
}

/** Exact USD as bigint femto-dollars. */
function usd(text: string): bigint {
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(whole + decimals.padEnd(15, '0'));
}

describe('exact figures: batch and standard', () => {
  test.each<[string, string, Partial<Usage>, string, string]>([
    ['a plain request', 'claude-opus-4-6', { input: 18, output: 43 }, '0.0005825', '0.001165'],
    [
      'a cached prefix written for 5 minutes, as a billing console showed it',
      'claude-sonnet-4-5',
      { input: 3, cacheWrite5m: 12_304, output: 550 },
      '0.0271995',
      '0.054399',
    ],
    ['one token written for 5 minutes', 'claude-opus-4-6', { cacheWrite5m: 1 }, '0.000003125', '0.00000625'],
    ['one token written for an hour', 'claude-opus-4-6', { cacheWrite1h: 1 }, '0.000005', '0.00001'],
    ['one token read', 'claude-opus-4-6', { cacheRead: 1 }, '0.00000025', '0.0000005'],
    [
      'one token written in the US',
      'claude-opus-4-6',
      { cacheWrite5m: 1, inferenceGeo: 'us' },
      '0.0000034375',
      '0.000006875',
    ],
    ['anywhere', 'claude-opus-4-6', { input: 1, inferenceGeo: 'global' }, '0.0000025', '0.000005'],
    ['a region not told', 'claude-opus-4-6', { input: 1, inferenceGeo: 'not_available' }, '0.0000025', '0.000005'],
    ['a model before regions', 'claude-opus-4-5', { input: 1, inferenceGeo: 'us' }, '0.0000025', '0.000005'],
    ['web searches, never halved', 'claude-opus-4-6', { webSearches: 3 }, '0.03', '0.03'],
    [
      'web searches beside tokens in the US: only the tokens are halved and raised',
      'claude-opus-4-6',
      { input: 1_000_000, webSearches: 100, inferenceGeo: 'us' },
      '3.75',
      '6.50',
    ],
    [
      'the smallest price there is, in the US',
      'claude-haiku-5-5',
      { cacheRead: 1, inferenceGeo: 'us' },
      '0.0000000055',
      '0.000000011',
    ],
    ['nothing used', 'claude-opus-4-6', {}, '0', '0'],
    [
      'more tokens than a float could hold exactly',
      'claude-opus-4-6',
      { output: Number.MAX_SAFE_INTEGER },
      '112589990684.2623875',
      '225179981368.524775',
    ],
  ])('%s (%s)', (_, model, usage, batch, standard) => {
    expect(price(model, usage)).toMatchObject({
      kind: 'priced',
      batch: usd(batch),
      standard: usd(standard),
      unbilled: false,
    });
  });
});

test.each<[string, string, Partial<Usage>, string]>([
  ['nothing cached', 'claude-opus-4-6', { input: 100, output: 100 }, '0'],
  ['a token read instead of paid', 'claude-opus-4-6', { cacheRead: 1 }, '0.00000225'],
  ['a token written for 5 minutes costs more', 'claude-opus-4-6', { cacheWrite5m: 1 }, '-0.000000625'],
  ['a token written for an hour costs more still', 'claude-opus-4-6', { cacheWrite1h: 1 }, '-0.0000025'],
  ['in the US by a tenth more', 'claude-opus-4-6', { cacheRead: 1, inferenceGeo: 'us' }, '0.000002475'],
  ['whatever the answer cost', 'claude-opus-4-6', { cacheRead: 1, output: 9 }, '0.00000225'],
  ['the same tier for both', 'claude-haiku-5-5', { cacheRead: 100_001 }, '0.022500225'],
])('what caching saved in a batch: %s (%s)', (_, model, usage, saved) => {
  const size = usd(saved.replace('-', ''));
  expect(price(model, usage)).toMatchObject({ kind: 'priced', cacheSaving: saved.startsWith('-') ? -size : size });
});

describe('a tier is decided by the whole prompt and covers all tokens', () => {
  test.each<[string, string, Partial<Usage>, string]>([
    ['at the edge', 'claude-haiku-5-5', { input: 100_000, output: 1_000 }, '0.00525'],
    ['above it', 'claude-haiku-5-5', { input: 100_001, output: 1_000 }, '0.02625025'],
    ['by cache reads', 'claude-haiku-5-5', { input: 1, cacheRead: 100_000 }, '0.00250025'],
    ['by writes for 5 minutes', 'claude-haiku-5-5', { input: 1, cacheWrite5m: 100_000 }, '0.03125025'],
    ['by writes for an hour', 'claude-haiku-5-5', { input: 1, cacheWrite1h: 100_000 }, '0.05000025'],
    ['not by output', 'claude-haiku-5-5', { input: 100_000, output: 100_000 }, '0.03'],
    ['Sonnet 4.5 at its edge', 'claude-sonnet-4-5-20250929', { input: 200_000, output: 1_000 }, '0.3075'],
    ['Sonnet 4.5 above it', 'claude-sonnet-4-5-20250929', { input: 200_001, output: 1_000 }, '0.611253'],
    ['Sonnet 4.6 has none', 'claude-sonnet-4-6', { input: 200_001, output: 1_000 }, '0.3075015'],
  ])('%s (%s)', (_, model, usage, batch) => {
    expect(price(model, usage)).toMatchObject({ kind: 'priced', batch: usd(batch), standard: 2n * usd(batch) });
  });
});

test('a model whose cache has no published price is priced without one', () => {
  const used = { input: 1_000_000, output: 1_000_000 };
  expect(price('claude-mythos-5-2', used)).toMatchObject({ kind: 'priced', batch: usd('24') });
  const cached = price('claude-mythos-5-2', { ...used, cacheRead: 1 });
  expect(cached).toEqual({ kind: 'partly', batch: usd('24'), standard: usd('48') });
});

test('the price is the one of the day the batch was created', () => {
  const before = Date.parse('2026-10-06T23:59:59Z');
  const after = Date.parse('2026-10-07T00:00:00Z');
  const read = { cacheRead: 1_000_000 };
  expect(price('claude-sonnet-5-5', read, { at: before })).toMatchObject({ batch: usd('0.1') });
  expect(price('claude-sonnet-5-5', read, { at: after })).toMatchObject({ batch: usd('0.05') });
});

describe('refusals', () => {
  const free: Pricing = { kind: 'priced', batch: 0n, standard: 0n, cacheSaving: 0n, unbilled: true };
  const used = { input: 18, output: 43 };

  test.each<[string, Pricing, Pricing]>([
    ['before any output', price('claude-opus-4-6', used, { stopReason: 'refusal', hasOutput: false }), free],
    ['before any output, by an unknown model', price('x', used, { stopReason: 'refusal', hasOutput: false }), free],
    [
      'before any output, without usage',
      price('claude-opus-4-6', {}, { usage: undefined, stopReason: 'refusal', hasOutput: false }),
      free,
    ],
    [
      'after output',
      price('claude-opus-4-6', used, { stopReason: 'refusal', hasOutput: true }),
      price('claude-opus-4-6', used),
    ],
    [
      'no refusal, although there is no output',
      price('claude-opus-4-6', used, { stopReason: 'end_turn', hasOutput: false }),
      price('claude-opus-4-6', used),
    ],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe('what has no price is said to have none', () => {
  const partial = createPriceBook(
    new Map([
      [
        'claude-x',
        { input: 2_000n, cacheWrite5m: undefined, cacheWrite1h: undefined, cacheRead: undefined, output: 4_000n },
      ],
    ]),
  );

  test.each<[string, Pricing, string]>([
    ['an unknown model', price('claude-next', { input: 1 }), 'unknown-model'],
    ['a model without a published price', price('claude-mythos-preview', { input: 1 }), 'unknown-model'],
    ['an unknown model that used nothing', price('claude-next', {}), 'unknown-model'],
    ['a model before its first price', price('claude-fable-5-2', { input: 1 }, { at: 0 }), 'unknown-model'],
    ['a date that could not be read', price('claude-opus-4-6', { input: 1 }, { at: Number.NaN }), 'unknown-model'],
    ['a prototype name', price('__proto__', { input: 1 }), 'unknown-model'],
    ['no readable usage', price('claude-opus-4-6', {}, { usage: undefined }), 'no-usage'],
    ['steps outside the totals', price('claude-opus-4-6', { input: 1, unlisted: true }), 'unlisted-tokens'],
  ])('%s', (_, actual, why) => {
    expect(actual).toEqual({ kind: 'unpriced', why, model: expect.any(String) });
  });

  test('a missing column does not matter to a request without such tokens', () => {
    expect(price('claude-x', { input: 1, output: 1 }, { prices: partial })).toEqual({
      kind: 'priced',
      cacheSaving: 0n,
      batch: 3_000n,
      standard: 6_000n,
      unbilled: false,
    });
  });

  test.each<[string, Partial<Usage>, bigint, bigint]>([
    ['of the other tokens', { input: 1, output: 1, cacheRead: 9 }, 3_000n, 6_000n],
    ['of the other tokens, raised in the US', { input: 10, cacheWrite1h: 9, inferenceGeo: 'us' }, 11_000n, 22_000n],
    ['of web searches', { cacheRead: 9, webSearches: 1 }, usd('0.01'), usd('0.01')],
    ['of nothing', { cacheRead: 9 }, 0n, 0n],
  ])('with a missing column the price is that %s', (_, usage, batch, standard) => {
    expect(price('claude-x', usage, { prices: partial })).toEqual({ kind: 'partly', batch, standard });
  });

  test('the model is named as the result names it', () => {
    expect(price('claude-next-20270101', {})).toMatchObject({ model: 'claude-next-20270101' });
  });
});
