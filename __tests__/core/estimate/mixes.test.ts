import { describe, expect, test } from '@jest/globals';
import { mixes } from './mixes.ts';
import { estimateOf, truthOf } from './truth.ts';

const seeds = Array.from({ length: 10 }, (_, seed) => seed + 1);

describe.each(mixes)('$name, ten times', ({ make }) => {
  const runs = seeds.map((seed) => {
    const requests = make(seed);
    return { seed, requests, ...estimateOf(requests), truth: truthOf(requests) };
  });

  test('the true cost lies within the likely range', () => {
    const inside = runs.filter(({ estimate: { batch }, truth }) => batch.low <= truth.cost && truth.cost <= batch.high);
    expect(inside.length).toBeGreaterThanOrEqual(9);
  });

  test('it is never above the upper bound', () => {
    for (const { estimate, truth } of runs) expect(estimate.batch.upper).toBeGreaterThanOrEqual(truth.cost);
  });

  test('at most forty prompts are counted, and not all', () => {
    for (const { counts, estimate, requests } of runs) {
      expect(counts.size).toBeLessThanOrEqual(40);
      expect(requests.length).toBeGreaterThan(40);
      expect(estimate).toMatchObject({ basis: 'sampled', counted: counts.size });
    }
  });

  test('the likely range of prompt tokens holds the true number and is within 15 % of it', () => {
    const inside = runs.filter(({ estimate: { inputTokens }, truth }) => {
      return inputTokens.low <= truth.inputTokens && truth.inputTokens <= inputTokens.high;
    });
    expect(inside.length).toBeGreaterThanOrEqual(9);
    for (const { estimate, truth } of runs) {
      expect(estimate.inputTokens.low).toBeGreaterThan(truth.inputTokens * 0.85);
      expect(estimate.inputTokens.high).toBeLessThan(truth.inputTokens * 1.15);
    }
  });

  test('without any count it goes by the rule, and is still never above the upper bound', () => {
    for (const { requests, truth } of runs) {
      const { estimate } = estimateOf(requests, { sample: 0 });
      expect(estimate).toMatchObject({ basis: 'rule', counted: 0 });
      expect(estimate.batch.upper).toBeGreaterThanOrEqual(truth.cost);
    }
  });

  test('with every prompt counted, prompt tokens are exact', () => {
    const { requests, truth } = runs[0] ?? { requests: [], truth: undefined };
    const { estimate } = estimateOf(requests, { sample: requests.length });
    const exact = truth?.inputTokens;
    expect(estimate).toMatchObject({
      basis: 'counted',
      inputTokens: { low: exact, point: exact, high: exact, upper: exact },
    });
  });
});
