import { describe, expect, test } from '@jest/globals';
import { checkBudget } from '../../../src/core/estimate/budget.ts';
import { estimateCost } from '../../../src/core/estimate/estimate.ts';
import { withJudgements } from '../../../src/core/estimate/with-judgements.ts';
import { createJudgeStats } from '../../../src/core/judge/weight.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { atMs, prices, statsOf, usd } from './truth.ts';

const ask = (more: Params = {}): Params => ({
  model: 'claude-opus-4-6',
  max_tokens: 1_000,
  messages: [{ role: 'user', content: 'x' }],
  ...more,
});
const about = { counts: new Map<number, number>(), models: new Map(), prices, atMs };

function estimate(requests: readonly Params[], judge = 'claude-haiku-4-5') {
  const own = estimateCost({ ...about, stats: statsOf(requests) });
  const stats = createJudgeStats(judge);
  for (const { max_tokens } of requests)
    stats.add({ question: 'x', rubric: 'is good', answer: { maxTokens: Number(max_tokens) } });
  const likely = estimateCost({ ...about, stats: stats.likely });
  const upper = estimateCost({ ...about, stats: stats.upper });
  return { own, likely, upper, both: withJudgements(own, { likely, upper }) };
}

describe('requests and their judgements', () => {
  test('cost what both cost; tokens and counts are those of the requests', () => {
    const { own, likely, upper, both } = estimate([ask(), ask()]);
    for (const part of ['batch', 'standard'] as const) {
      expect(both[part].low).toBe(own[part].low + likely[part].low);
      expect(both[part].point).toBe(own[part].point + likely[part].point);
      expect(both[part].high).toBe(own[part].high + likely[part].high);
      expect(both[part].upper).toBe((own[part].upper ?? 0n) + (upper[part].upper ?? 0n));
    }
    const { batch, point } = { batch: both.calculator.batch, point: both.batch.point };
    expect(batch.cached <= point && point <= batch.uncached).toBe(true);
    expect(both).toMatchObject({ requests: 2, inputTokens: own.inputTokens, outputTokens: own.outputTokens });
    expect(both.judging).toMatchObject({ judgements: 2, unpriced: 0 });
    expect((upper.batch.upper ?? 0n) > (likely.batch.upper ?? 0n)).toBe(true);
  });

  test('have no upper bound where the requests have none', () => {
    const tools = [{ type: 'web_search_20250305', name: 'web_search' }];
    expect(estimate([ask({ tools })]).both.batch.upper).toBeUndefined();
  });

  test('have to fit into the budget together', () => {
    const { both, own } = estimate([ask(), ask()]);
    const [sum = 0n, alone = 0n] = [both.batch.upper, own.batch.upper];
    expect(checkBudget(both, { maxCost: sum, basis: 'upper' })).toBeUndefined();
    const over = checkBudget(both, { maxCost: sum - 1n, basis: 'upper' });
    expect(over).toMatchObject({ code: 'over-budget', requests: 2, judgements: 2, worstUsd: sum });
    // What the judge costs is spent: shorter answers have to make up for it.
    const [withJudge, without] = [both, own].map((one) => checkBudget(one, { maxCost: alone - 1n, basis: 'upper' }));
    const maxTokensOf = (found: typeof over) => (found?.code === 'over-budget' ? (found.maxTokens ?? 0) : 0);
    expect(maxTokensOf(withJudge) < maxTokensOf(without)).toBe(true);
  });

  test('fit into none where the judge has no price', () => {
    const { both } = estimate([ask()], 'claude-of-tomorrow');
    expect(checkBudget(both, { maxCost: usd('100'), basis: 'likely' })).toEqual({
      code: 'judge-without-price',
      judgements: 1,
    });
  });
});
