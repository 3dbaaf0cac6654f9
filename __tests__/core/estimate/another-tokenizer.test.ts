import { describe, expect, test } from '@jest/globals';
import { estimateCost } from '../../../src/core/estimate/estimate.ts';
import { choosePrompts } from '../../../src/core/estimate/prompts-to-count.ts';
import { createRandomness } from './randomness.ts';
import { atMs, prices, statsOf } from './truth.ts';

/**
 * The simulated API counts by bytes, as the stats does, so that there any sample is right. Here words are tokens, each Chinese
 * character is one and a quarter, digits come in pairs, and every prompt has 300 tokens that stand nowhere in it.
 */
function countBySomeOtherRule(text: string): number {
  const words = text.match(/[a-z]+/g)?.length ?? 0;
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const digits = text.match(/\d/g)?.length ?? 0;
  return 300 + words + Math.ceil(characters * 1.25 + digits / 2);
}

function batchOf(seed: number): readonly string[] {
  const random = createRandomness(seed);
  return Array.from({ length: random.whole(150, 400) }, () => {
    const size = Math.round(600 * 2 ** (random.next() * 4));
    const kind = random.next();
    if (kind < 0.15) return '我们需要把每个数字相加然后取剩下'.repeat(Math.ceil(size / 48));
    if (kind < 0.35) return Array.from({ length: size / 6 }, () => random.whole(10_000, 99_999)).join(',');
    return 'because the answer follows from adding each number and then taking half of what is left '.repeat(
      size / 88 + 1,
    );
  });
}

const runs = Array.from({ length: 20 }, (_, at) => {
  const texts = batchOf(at + 1);
  const messages = (content: string) => [{ role: 'user', content }];
  const stats = statsOf(texts.map((text) => ({ model: 'claude-opus-5', max_tokens: 100, messages: messages(text) })));
  const all = texts.map(countBySomeOtherRule);
  const counts = new Map(choosePrompts(stats).map((position): [number, number] => [position, all[position] ?? 0]));
  const { inputTokens } = estimateCost({ stats, counts, models: new Map(), prices, atMs });
  return { inputTokens, truth: all.reduce((sum, tokens) => sum + tokens, 0) };
});

describe('where prompts differ in how many tokens a byte makes', () => {
  test('the true number lies within the likely range in nine of ten batches', () => {
    const inside = runs.filter(({ inputTokens: { low, high }, truth }) => low <= truth && truth <= high);
    expect(inside.length).toBeGreaterThanOrEqual(18);
  });

  test('it is never above the bound', () => {
    for (const { inputTokens, truth } of runs) expect(inputTokens.upper).toBeGreaterThanOrEqual(truth);
  });

  test('the range is at most 30 % to either side, and the point is right on average', () => {
    for (const { inputTokens, truth } of runs) {
      expect(inputTokens.low).toBeGreaterThan(truth * 0.7);
      expect(inputTokens.high).toBeLessThan(truth * 1.3);
    }
    const mean = runs.reduce((sum, { inputTokens, truth }) => sum + inputTokens.point / truth, 0) / runs.length;
    expect(mean).toBeGreaterThan(0.97);
    expect(mean).toBeLessThan(1.03);
  });
});
