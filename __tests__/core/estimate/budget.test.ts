import { describe, expect, test } from '@jest/globals';
import { type Budget, checkBudget } from '../../../src/core/estimate/budget.ts';
import { estimateCost } from '../../../src/core/estimate/estimate.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { clip } from '../../../src/core/text/describe-value.ts';
import { atMs, prices, statsOf, usd } from './truth.ts';

const ask = (more: Params = {}): Params => ({
  model: 'claude-opus-4-6',
  max_tokens: 1_000,
  inference_geo: 'global',
  messages: [{ role: 'user', content: 'x' }],
  ...more,
});

function estimateOf(requests: readonly Params[]) {
  const counts = new Map(requests.map((_, at): [number, number] => [at, 1_000]));
  return estimateCost({ stats: statsOf(requests), counts, models: new Map(), prices, atMs });
}

/** 1,200 requests, each 1,000 tokens in ($0.0025) and up to 1,000 out ($0.0125, likely 250): $18.00 at most, $6.75 likely. */
const many = estimateOf(Array.from({ length: 1_200 }, () => ask()));
const judge = (maxCost: string, basis: Budget['basis'] = 'upper', estimate = many) => {
  return checkBudget(estimate, { maxCost: usd(maxCost), basis });
};

const maxTokensOf = (found: ReturnType<typeof checkBudget>) =>
  found?.code === 'over-budget' ? found.maxTokens : undefined;

describe('within the budget', () => {
  test.each<[string, Budget['basis']]>([
    ['18.00', 'upper'],
    ['6.75', 'likely'],
    ['100', 'upper'],
  ])('$%s by the %s end', (maxCost, basis) => expect(judge(maxCost, basis)).toBeUndefined());

  test('nothing costs nothing', () => expect(judge('0', 'upper', estimateOf([]))).toBeUndefined());
});

describe('over it', () => {
  test('the whole sum is told, with the max_tokens that fits', () => {
    expect(judge('9')).toEqual({
      code: 'over-budget',
      basis: 'upper',
      requests: 1_200,
      worstUsd: usd('18'),
      likelyUsd: usd('6.75'),
      maxCostUsd: usd('9'),
      maxTokens: 400,
    });
  });

  test('where the prompts alone are too much, no max_tokens is advised', () => {
    expect(judge('5')).toMatchObject({ maxTokens: 133 });
    expect(judge('2.99')).toMatchObject({ maxTokens: undefined });
  });

  test('by the likely end', () => {
    expect(judge('4', 'likely')).toMatchObject({
      basis: 'likely',
      worstUsd: usd('18'),
      likelyUsd: usd('6.75'),
      maxTokens: 264,
    });
  });

  test('by a hair: it is compared exactly', () => {
    const one = estimateOf([ask({ max_tokens: 2 })]);
    const upper = one.batch.upper ?? 0n;
    expect(checkBudget(one, { maxCost: upper, basis: 'upper' })).toBeUndefined();
    expect(checkBudget(one, { maxCost: upper - 1n, basis: 'upper' })).toMatchObject({ worstUsd: upper });
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
        const advised = maxTokensOf(judge(maxCost, basis, estimateOf(requests())));
        if (advised === undefined) continue;
        expect(judge(maxCost, basis, estimateOf(requests(advised)))).toBeUndefined();
        expect(judge(maxCost, basis, estimateOf(requests(advised + 1)))).toBeDefined();
      }
      expect(maxTokensOf(judge('0.03', basis, estimateOf(requests())))).toBeGreaterThan(0);
    },
  );

  test('none is advised that leaves no room for thinking', () => {
    const thinking = { type: 'enabled', budget_tokens: 600 };
    const advised = (maxCost: string) => maxTokensOf(judge(maxCost, 'upper', estimateOf([ask({ thinking })])));
    expect(advised('0.0105')).toBe(640);
    expect(advised('0.0100')).toBeUndefined();
  });
});

describe('what cannot be compared with a budget', () => {
  test('a model without a price', () => {
    const estimate = estimateOf([ask(), ask({ model: 'claude-mythos-preview' }), ask({ model: 'a\u202e"b' })]);
    expect(judge('1000', 'likely', estimate)).toEqual({
      code: 'unknown-price',
      requests: 2,
      total: 3,
      models: ['claude-mythos-preview', 'a\u202e"b'],
      moreModels: 0,
    });
  });

  test('many models without a price are counted, and long names cut', () => {
    const estimate = estimateOf(Array.from({ length: 10 }, (_, at) => ask({ model: `${at}${'m'.repeat(500)}` })));
    const found = judge('1', 'upper', estimate);
    expect(found).toMatchObject({ moreModels: 7, models: [0, 1, 2].map((at) => clip(`${at}${'m'.repeat(500)}`, 60)) });
  });

  test('requests without a model', () => {
    expect(judge('1', 'upper', estimateOf([ask({ model: undefined })]))).toMatchObject({
      code: 'unknown-price',
      models: [],
    });
  });

  test('tools that run at the API', () => {
    const search = ask({ tools: [{ type: 'web_search_20250305' }] });
    expect(judge('1', 'upper', estimateOf([search, ask()]))).toEqual({
      code: 'no-upper-bound',
      requests: 1,
      total: 2,
      causes: ['server-tools'],
      likelyUsd: usd('0.02125'),
      maxCostUsd: usd('1'),
    });
    expect(judge('1', 'likely', estimateOf([search, ask()]))).toBeUndefined();
    expect(judge('0.02', 'likely', estimateOf([search, ask()]))).toMatchObject({ worstUsd: undefined });
  });

  test('compaction', () => {
    const params = ask({ context_management: { edits: [{ type: 'compact_20260112' }] } });
    expect(judge('1', 'upper', estimateOf([params]))).toMatchObject({ causes: ['compaction'] });
  });
});
