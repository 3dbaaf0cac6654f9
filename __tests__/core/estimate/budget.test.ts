import { describe, expect, test } from '@jest/globals';
import { judgeBudget } from '../../../src/core/estimate/budget.ts';
import { estimateCost } from '../../../src/core/estimate/estimate.ts';
import type { Budget } from '../../../src/core/estimate/fitting-max-tokens.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { formatUsd } from '../../../src/core/text/money.ts';
import { atMs, prices, tallyOf, usd } from './truth.ts';

const ask = (more: Params = {}): Params => ({
  model: 'claude-opus-4-6',
  max_tokens: 1_000,
  inference_geo: 'global',
  messages: [{ role: 'user', content: 'x' }],
  ...more,
});

function estimateOf(requests: readonly Params[]) {
  const counts = new Map(requests.map((_, at): [number, number] => [at, 1_000]));
  return estimateCost({ tally: tallyOf(requests), counts, models: new Map(), prices, atMs });
}

/** 1,200 requests, each 1,000 tokens in ($0.0025) and up to 1,000 out ($0.0125, likely 250): $18.00 at most, $6.75 likely. */
const many = estimateOf(Array.from({ length: 1_200 }, () => ask()));
const judge = (maxCost: string, basis: Budget['basis'] = 'upper', estimate = many) => {
  return judgeBudget(estimate, { maxCost: usd(maxCost), basis });
};

describe('within the budget', () => {
  test.each<[string, Budget['basis']]>([
    ['18.00', 'upper'],
    ['6.75', 'likely'],
    ['100', 'upper'],
  ])('$%s by the %s end', (maxCost, basis) => expect(judge(maxCost, basis)).toBeUndefined());

  test('nothing costs nothing', () => expect(judge('0', 'upper', estimateOf([]))).toBeUndefined());
});

describe('over it', () => {
  test('the whole sum is shown, with three ways out', () => {
    expect(judge('9')).toEqual({
      code: 'over-budget',
      what: '1,200 requests with up to 1,200,000 input tokens for $3.000000 and up to 1,200,000 output tokens for $15.000000 (all that max_tokens allows) cost up to $18.000000 in a batch, above max-cost-usd $9.000000',
      cure: 'raise max-cost-usd to 18.00, set override-params: {max_tokens: 400}, which fits, or set max-cost-basis: likely, as about $6.750000 is likely',
    });
  });

  test('where the likely cost does not fit either, fewer requests are advised', () => {
    expect(judge('5')?.cure).toBe(
      'raise max-cost-usd to 18.00, set override-params: {max_tokens: 133}, which fits, or send fewer requests',
    );
  });

  test('where the prompts alone are too much, no max_tokens is advised', () => {
    expect(judge('2.99')?.cure).toBe('raise max-cost-usd to 18.00, or send fewer requests');
  });

  test('by the likely end', () => {
    expect(judge('4', 'likely')).toEqual({
      code: 'over-budget',
      what: '1,200 requests with about 1,200,000 input tokens for $3.000000 and about 300,000 output tokens for $3.750000 cost about $6.750000 in a batch, above max-cost-usd $4.000000',
      cure: 'raise max-cost-usd to 6.75, set override-params: {max_tokens: 264}, which fits, or send fewer requests',
    });
  });

  test('by a hair: it is compared exactly, and never printed as equal', () => {
    const one = estimateOf([ask({ max_tokens: 2 })]);
    const upper = one.batch.upper ?? 0n;
    expect(judgeBudget(one, { maxCost: upper, basis: 'upper' })).toBeUndefined();
    const found = judgeBudget(one, { maxCost: upper - 1n, basis: 'upper' });
    expect(found?.what).toContain(`above max-cost-usd $${formatUsd(upper)}`);
    expect(found?.what).toContain('cost up to $0.002526 in');
    expect(found?.cure).toContain('raise max-cost-usd to 0.01');
  });

  test.each(['upper', 'likely'] as const)(
    'the max_tokens that is advised fits, and one more does not (%s)',
    (basis) => {
      const requests = (max_tokens?: number) => {
        const given = (own: number, more: Params = {}) => ask({ max_tokens: max_tokens ?? own, ...more });
        return [
          given(5_000),
          given(100),
          given(3_000, { thinking: { type: 'adaptive' } }),
          given(9_000, { model: 'claude-haiku-4-5' }),
        ];
      };
      for (const maxCost of ['0.02', '0.03', '0.04', '0.10']) {
        const cure = judge(maxCost, basis, estimateOf(requests()))?.cure ?? '';
        const advised = Number(/max_tokens: (\d+)/.exec(cure)?.[1]);
        if (Number.isNaN(advised)) continue;
        expect(judge(maxCost, basis, estimateOf(requests(advised)))).toBeUndefined();
        expect(judge(maxCost, basis, estimateOf(requests(advised + 1)))).toBeDefined();
      }
      expect(judge('0.03', basis, estimateOf(requests()))?.cure).toContain('max_tokens');
    },
  );

  test('none is advised that leaves no room for thinking', () => {
    const thinking = { type: 'enabled', budget_tokens: 600 };
    const cure = (maxCost: string) => judge(maxCost, 'upper', estimateOf([ask({ thinking })]))?.cure;
    expect(cure('0.0105')).toContain('max_tokens: 640');
    expect(cure('0.0100')).not.toContain('max_tokens');
  });
});

describe('what cannot be held against a budget', () => {
  test('a model without a price', () => {
    const estimate = estimateOf([ask(), ask({ model: 'claude-mythos-5-2' }), ask({ model: 'a\u202e"b' })]);
    expect(judge('1000', 'likely', estimate)).toEqual({
      code: 'unknown-price',
      what: 'what 2 requests of 3 may cost cannot be said, as no price, or not all of it, is known for "claude-mythos-5-2", "a\\u202e\\"b", so that max-cost-usd cannot be kept',
      cure: 'give the prices with the input prices, every column the requests use, or remove max-cost-usd',
    });
  });

  test('many models without a price are counted, and long names cut', () => {
    const estimate = estimateOf(Array.from({ length: 10 }, (_, at) => ask({ model: `${at}${'m'.repeat(500)}` })));
    const what = judge('1', 'upper', estimate)?.what ?? '';
    expect(what).toContain('and 7 more models');
    expect(what.length).toBeLessThan(400);
  });

  test('requests without a model', () => {
    expect(judge('1', 'upper', estimateOf([ask({ model: undefined })]))).toMatchObject({
      code: 'unknown-price',
      cure: 'give every request a model',
    });
  });

  test('tools that run at the API', () => {
    const search = ask({ tools: [{ type: 'web_search_20250305' }] });
    expect(judge('1', 'upper', estimateOf([search, ask()]))).toEqual({
      code: 'no-upper-bound',
      what: '1 request of 2 may use tools that run at the API, and nothing limits the tokens that adds, so that there is no upper bound to hold against max-cost-usd',
      cure: 'set max-cost-basis: likely, which fits (about $0.021250, without what the tools bring), do without tools that run at the API, or remove max-cost-usd',
    });
    expect(judge('0.02', 'upper', estimateOf([search, ask()]))?.cure).toContain('which needs a max-cost-usd of 0.03');
    expect(judge('1', 'likely', estimateOf([search, ask()]))).toBeUndefined();
    expect(judge('0.02', 'likely', estimateOf([search, ask()]))?.what).toContain('and web searches for $0.010000 cost');
  });

  test('compaction', () => {
    const params = ask({ context_management: { edits: [{ type: 'compact_20260112' }] } });
    expect(judge('1', 'upper', estimateOf([params]))?.what).toContain('may use compaction,');
  });
});
