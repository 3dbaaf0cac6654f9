import { describe, expect, test } from '@jest/globals';
import { estimateCost } from '../../../src/core/estimate/estimate.ts';
import { choosePrompts } from '../../../src/core/estimate/prompts-to-count.ts';
import { createRandomness } from './randomness.ts';
import { atMs, prices, statsOf } from './truth.ts';

// Among many prompts of English (4 bytes a token) a few of something like base64 (1.4 bytes): a sample often meets none.

const english = 'because the answer follows from adding each number and taking half of what is left '.repeat(100);
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const random36 = createRandomness(99);
const dense = Array.from({ length: 8_000 }, () => letters[random36.whole(0, 35)]).join('');

function run(seed: number, bytes: number, share: number) {
  const random = createRandomness(seed);
  const kinds = Array.from({ length: 1_000 }, () => random.next() < share);
  const requests = kinds.map((isDense) => {
    const content = (isDense ? dense : english).slice(0, Math.round(bytes * (0.8 + 0.4 * random.next())));
    return { model: 'claude-opus-5', max_tokens: 1, inference_geo: 'global', messages: [{ role: 'user', content }] };
  });
  const stats = statsOf(requests);
  const tokens = requests.map(({ messages }, at) => {
    return 4 + Math.ceil((messages[0]?.content.length ?? 0) / (kinds[at] === true ? 1.4 : 4));
  });
  const counts = new Map(choosePrompts(stats).map((at): [number, number] => [at, tokens[at] ?? 0]));
  const { inputTokens, batch } = estimateCost({ stats, counts, models: new Map(), prices, atMs });
  const truth = tokens.reduce((sum, own) => sum + own, 0);
  // $5 a million, and one token of an answer each at $25, halved.
  const cost = (BigInt(truth) * 5_000_000_000n + 1_000n * 25_000_000_000n) / 2n;
  const isShown = [...counts.keys()].some((at) => kinds[at]);
  return { inputTokens, batch, truth, cost, isShown };
}

const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1);

describe.each([
  [2_400, 0.01],
  [2_400, 0.02],
  [2_400, 0.03],
  [1_000, 0.01],
  [1_000, 0.02],
  [1_000, 0.03],
])('prompts of %i bytes, %f of them dense, twenty times', (bytes, share) => {
  const runs = seeds.map((seed) => run(seed, bytes, share));

  test('the true number and cost are never above the bound', () => {
    for (const { inputTokens, batch, truth, cost } of runs) {
      expect(inputTokens.upper).toBeGreaterThanOrEqual(truth);
      expect(batch.upper).toBeGreaterThanOrEqual(cost);
    }
  });

  test('they lie within the likely range in nine of ten', () => {
    const inside = runs.filter(({ inputTokens: { low, high }, truth }) => low <= truth && truth <= high);
    expect(inside.length).toBeGreaterThanOrEqual(18);
  });

  test('where the sample shows none of them, the bound is at most a fifth above the truth', () => {
    const unseen = runs.filter(({ isShown }) => !isShown);
    expect(unseen.length).toBeGreaterThan(0);
    for (const { inputTokens, truth } of unseen) expect(inputTokens.upper).toBeLessThan(truth * 1.2);
  });
});
