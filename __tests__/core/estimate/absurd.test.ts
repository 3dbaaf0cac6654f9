import { describe, expect, test } from '@jest/globals';
import { webSearchPrice } from '../../../src/core/cost/table.ts';
import { checkBudget } from '../../../src/core/estimate/budget.ts';
import { ask, estimate } from './asked.ts';
import { usd } from './truth.ts';

describe('an absurd max_tokens', () => {
  const upperOf = (numbers: readonly number[]) =>
    estimate(
      numbers.map((max_tokens) => ask({ max_tokens, inference_geo: 'global' })),
      { counts: numbers.map(() => 0) },
    );

  test.each([[2 ** 53], [1e20], [Number.POSITIVE_INFINITY]])('of %p costs more than there is', (max_tokens) => {
    const { batch, outputTokens } = upperOf([max_tokens]);
    expect(outputTokens.upper).toBe(Number.MAX_SAFE_INTEGER);
    // $25 a million, halved.
    expect(batch.upper).toBe((BigInt(Number.MAX_SAFE_INTEGER) * 25_000_000_000n) / 2n);
  });

  test('drops nothing that is added to it', () => {
    const numbers = [1e20, 1, 1, 1, 1e20, 5_000_000_000, 7];
    const tokens = numbers.map((number) => BigInt(Math.min(number, Number.MAX_SAFE_INTEGER)));
    const sum = tokens.reduce((total, own) => total + own, 0n);
    const { batch, outputTokens } = upperOf(numbers);
    expect(batch.upper).toBe((sum * 25_000_000_000n) / 2n);
    expect(outputTokens.upper).toBe(Number.MAX_SAFE_INTEGER);
  });

  test.each(['upper', 'likely'] as const)(
    'fits no budget by the %s end, and a max_tokens that fits is found',
    (basis) => {
      const thinking = { type: 'adaptive' };
      const asked = [ask({ max_tokens: 1e20, thinking })];
      const found = checkBudget(estimate(asked, { counts: [1_000] }), { maxCost: usd('100'), basis });
      const fits = found?.code === 'over-budget' ? (found.maxTokens ?? 0) : 0;
      const judge = (max_tokens: number) =>
        checkBudget(estimate([ask({ max_tokens, thinking })], { counts: [1_000] }), { maxCost: usd('100'), basis });
      expect(judge(fits)).toBeUndefined();
      expect(judge(fits + 2)).toBeDefined();
    },
  );

  test('and max_uses are counted, not taken for none given', () => {
    const tools = [{ type: 'web_search_20250305', max_uses: 1e20 }];
    const most = BigInt(Number.MAX_SAFE_INTEGER) * webSearchPrice;
    expect(estimate([ask({ tools })]).parts.searches.high).toBe(most);
    expect(estimate([ask({ tools: [...tools, ...tools] })]).parts.searches.high).toBe(most);
  });
});
