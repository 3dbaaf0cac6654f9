import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import type { Estimate } from '../../../src/core/estimate/estimate.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { parseUsdPerMillion } from '../../../src/core/text/money.ts';
import type { ApiModel } from '../../../src/ports/api.ts';
import { ask, ephemeral, estimate, hour, usdOf } from './asked.ts';
import { apiModelOf } from './truth.ts';

describe('counted prompts', () => {
  test('cost exactly their tokens, halved by the batch', () => {
    // 1,000 × $5 + (1 | 250 | 1,000 | 1,000) × $25, a million, halved; the US may add a tenth.
    const one = estimate([ask({ inference_geo: 'global' })], { counts: [1_000] });
    expect(one).toMatchObject({ requests: 1, counted: 1, basis: 'counted' });
    expect(one.inputTokens).toEqual({ low: 1_000, point: 1_000, high: 1_000, upper: 1_000 });
    expect(one.outputTokens).toEqual({ low: 1, point: 250, high: 1_000, upper: 1_000 });
    expect(usdOf(one.parts.input)).toEqual(['0.002500', '0.002500', '0.002500', '0.002500']);
    expect(usdOf(one.parts.output)).toEqual(['0.000013', '0.003125', '0.012500', '0.012500']);
    expect(usdOf(one.batch)).toEqual(['0.002513', '0.005625', '0.015000', '0.015000']);
    expect(usdOf(one.standard)).toEqual(['0.005025', '0.011250', '0.030000', '0.030000']);
  });

  test.each<[string, Params, string[]]>([
    ['no region: only the bound has the tenth', {}, ['0.005625', '0.016500']],
    ['us: both have it', { inference_geo: 'us' }, ['0.006188', '0.016500']],
    ['global: none', { inference_geo: 'global' }, ['0.005625', '0.015000']],
    [
      'us, on a model without regional prices',
      { model: 'claude-opus-4-5', inference_geo: 'us' },
      ['0.005625', '0.015000'],
    ],
  ])('%s', (_, more, [point, upper]) => {
    expect(usdOf(estimate([ask(more)], { counts: [1_000] }).batch)).toEqual([
      expect.anything(),
      point,
      expect.anything(),
      upper,
    ]);
  });
});

describe('answers', () => {
  test.each<[string, Params, number[]]>([
    ['a fourth of a small max_tokens, rounded up', { max_tokens: 10 }, [1, 3, 10, 10]],
    ['one token', { max_tokens: 1 }, [1, 1, 1, 1]],
    ['no more than a page, of a large one', { max_tokens: 32_000 }, [1, 512, 2_048, 32_000]],
    [
      'with thinking half, and all',
      { max_tokens: 32_001, thinking: { type: 'adaptive' } },
      [1, 16_001, 32_001, 32_001],
    ],
    ['no max_tokens: refused', { max_tokens: 0 }, [0, 0, 0, 0]],
  ])('%s', (_, more, [low, point, high, upper]) => {
    expect(estimate([ask(more)]).outputTokens).toEqual({ low, point, high, upper });
  });

  test('no model answers with more than it can', () => {
    const model = apiModelOf('claude-opus-4-6') ?? expect.anything();
    const models = new Map([['claude-opus-4-6', { ...model, maxTokens: 700 } as ApiModel]]);
    expect(estimate([ask({ max_tokens: 5_000 })], { models }).outputTokens).toMatchObject({ high: 700, upper: 700 });
  });
});

describe('what cannot be priced', () => {
  const given = (columns: readonly string[]) => {
    const rate = (name: string) => (columns.includes(name) ? parseUsdPerMillion('1') : undefined);
    const rates = {
      input: rate('input'),
      output: rate('output'),
      cacheRead: rate('cacheRead'),
      cacheWrite5m: rate('cacheWrite5m'),
      cacheWrite1h: rate('cacheWrite1h'),
    };
    return createPriceBook(new Map([['claude-opus-4-6', rates]]));
  };
  const plain = ['input', 'output'];

  test.each<[string, readonly string[], Params, number]>([
    ['all it needs', plain, {}, 0],
    ['no input', ['output'], {}, 1],
    ['no output', ['input'], {}, 1],
    ['a mark without a price to write', [...plain, 'cacheRead'], { cache_control: ephemeral }, 1],
    ['a mark without a price to read', [...plain, 'cacheWrite5m'], { cache_control: ephemeral }, 1],
    ['a mark with both', [...plain, 'cacheWrite5m', 'cacheRead'], { cache_control: ephemeral }, 0],
    ['an hour without its price', [...plain, 'cacheWrite5m', 'cacheRead'], { cache_control: hour }, 1],
  ])('%s', (_, columns, more, unpriced) => {
    expect(estimate([ask(more)], { book: given(columns) }).unpriced.requests).toBe(unpriced);
  });

  test('is named once, and the rest is counted', () => {
    const { unpriced, batch, requests } = estimate([
      ask({ model: 'claude-mythos-preview' }),
      ask(),
      ask({ model: 'claude-mythos-preview' }),
      ask({ model: 5 }),
      ask({ model: '__proto__' }),
    ]);
    expect(requests).toBe(5);
    expect(unpriced).toEqual({ requests: 4, models: ['claude-mythos-preview', '__proto__'] });
    expect(batch).toEqual(estimate([ask()]).batch);
  });
});

describe('requests that grow while they run', () => {
  const search = (max_uses?: number) => ask({ tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses }] });

  test('have no upper bound, and searches at full price', () => {
    const { unbounded, batch, parts, inputTokens } = estimate([search(3), search(), search(0), ask()]);
    expect(unbounded).toEqual({ requests: 3, causes: ['server-tools'] });
    expect(batch.upper).toBeUndefined();
    expect(inputTokens.upper).toBeUndefined();
    expect(usdOf(parts.searches)).toEqual(['0.000000', '0.020000', '0.080000', undefined]);
  });

  test('compaction too; both in one request count once', () => {
    const compaction = { context_management: { edits: [{ type: 'compact_20260112' }] } };
    const both = { ...search(), ...compaction };
    expect(estimate([ask(compaction), both]).unbounded).toEqual({
      requests: 2,
      causes: ['server-tools', 'compaction'],
    });
  });
});

describe('what it rests on', () => {
  const two = [ask(), ask({ model: 'claude-opus-4-5' })];

  test.each<[string, readonly Params[], readonly number[], Estimate['basis'], number]>([
    ['every count', two, [100, 100], 'counted', 2],
    ['some counts of each model', [...two, ...two], [100, 100], 'sampled', 2],
    ['one model counted, one by the rule', two, [100], 'mixed', 1],
    ['no count', two, [], 'rule', 0],
    ['no request', [], [], 'rule', 0],
  ])('%s', (_, requests, counts, basis, counted) => {
    expect(estimate(requests, { counts })).toMatchObject({ basis, counted });
  });

  test('one count alone is not trusted as far as many that agree', () => {
    const width = (counted: number) => {
      const { low, high } = estimate(
        Array.from({ length: 400 }, () => ask()),
        { counts: Array(counted).fill(100) },
      ).inputTokens;
      return (high - low) / 40_000;
    };
    expect(width(1)).toBeGreaterThan(0.5);
    expect(width(40)).toBeLessThan(0.1);
  });
});

describe('of any requests', () => {
  const block = fc.record({
    type: fc.constant('text'),
    text: fc.string(),
    cache_control: fc.constantFrom(undefined, ephemeral, hour),
  });
  const request = fc.record({
    model: fc.constantFrom('claude-haiku-5-5', 'claude-sonnet-4-5', 'claude-opus-5-5', 'odd', 'unknown', 7),
    max_tokens: fc.constantFrom(0, 1, 100, 10_000),
    system: fc.array(block, { maxLength: 3 }),
    thinking: fc.constantFrom(undefined, { type: 'adaptive' }),
    inference_geo: fc.constantFrom(undefined, 'us', 'global'),
    tools: fc.constantFrom([], [{ type: 'web_search_20250305' }]),
    messages: fc.integer({ min: 1, max: 900_000 }).map((bytes) => [{ role: 'user', content: 'x'.repeat(bytes) }]),
  });
  /** Prices no one has: reading costs more than writing, and writing less than not caching. */
  const odd = createPriceBook(
    new Map([
      [
        'odd',
        {
          input: parseUsdPerMillion('5'),
          output: parseUsdPerMillion('1'),
          cacheRead: parseUsdPerMillion('9'),
          cacheWrite5m: parseUsdPerMillion('2'),
          cacheWrite1h: parseUsdPerMillion('3'),
        },
      ],
    ]),
  );

  test('low ≤ point ≤ high ≤ upper, in all amounts and tokens', () => {
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 8 }),
        fc.array(fc.nat(400_000), { maxLength: 8 }),
        (requests, counts) => {
          const result = estimate(requests, { counts: counts.slice(0, requests.length), book: odd });
          const { batch, standard, parts, inputTokens, outputTokens } = result;
          for (const { low, point, high, upper } of [
            batch,
            standard,
            ...Object.values(parts),
            inputTokens,
            outputTokens,
          ]) {
            expect(low <= point && point <= high).toBe(true);
            expect(upper === undefined || high <= upper).toBe(true);
            expect(low >= 0).toBe(true);
          }
          for (const number of [inputTokens.low, inputTokens.point, inputTokens.high, inputTokens.upper ?? 0])
            expect(Number.isSafeInteger(number)).toBe(true);
          expect(batch.upper === undefined).toBe(result.unbounded.requests > 0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
