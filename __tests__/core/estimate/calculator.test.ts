import { describe, expect, test } from '@jest/globals';
import type { Estimate } from '../../../src/core/estimate/estimate.ts';
import { formatUsd } from '../../../src/core/text/money.ts';
import { ask, ephemeral, estimate } from './asked.ts';

describe('four ways to send the same', () => {
  const shared = 's'.repeat(39_998);
  const waysOf = ({ calculator }: Estimate) => {
    const { caching, standard, batch } = calculator;
    return [caching, ...[standard.uncached, standard.cached, batch.uncached, batch.cached].map(formatUsd)];
  };
  const three = (system: unknown) =>
    Array.from({ length: 3 }, () => ({ model: 'claude-opus-4-5', max_tokens: 4, system }));
  const counts = [10_000, 10_000, 10_000];

  test('with the marks that stand there', () => {
    const requests = three([{ type: 'text', text: shared, cache_control: ephemeral }]);
    // 30,000 × $5; 10,000 × $6.25 + 20,000 × $0.50; and three output tokens.
    expect(waysOf(estimate(requests, { counts }))).toEqual(['marks', '0.150075', '0.072575', '0.075038', '0.036288']);
    expect(estimate(requests, { counts }).prefixes).toEqual([]);
  });

  test('with a mark behind what repeats, where none stands', () => {
    const result = estimate(three(shared), { counts });
    expect(waysOf(result)).toEqual(['prefixes', '0.150075', '0.072575', '0.075038', '0.036288']);
    expect(result.prefixes).toMatchObject([{ model: 'claude-opus-4-5', first: 0, requests: 3, tokens: 10_000 }]);
    expect(formatUsd(result.prefixes[0]?.saving?.batch ?? 0n)).toBe('0.038750');
  });

  test('with nothing to cache', () => {
    const [caching, uncached, cached] = waysOf(estimate([ask()], { counts: [100] }));
    expect(caching).toBe('none');
    expect(cached).toBe(uncached);
  });

  test('a prefix that is too short for the model promises nothing', () => {
    const few = [4_000, 4_000, 4_000];
    expect(estimate(three(shared), { counts: few })).toMatchObject({ prefixes: [], calculator: { caching: 'none' } });
    const older = three(shared).map((params) => ({ ...params, model: 'claude-opus-4-1-20250805' }));
    expect(estimate(older, { counts: few })).toMatchObject({ prefixes: [{ tokens: 4_000 }] });
  });

  test('a prefix of a model without prices saves nobody knows what', () => {
    const result = estimate(
      three(shared).map((params) => ({ ...params, model: 'claude-mythos-preview' })),
      { counts },
    );
    expect(result.prefixes).toMatchObject([{ requests: 3, saving: undefined }]);
    expect(result.calculator.caching).toBe('none');
  });
});
