import { describe, expect, test } from '@jest/globals';
import { type Estimate, estimateCost } from '../../../src/core/estimate/estimate.ts';
import type { RequestStats } from '../../../src/core/estimate/request-stats.ts';
import { JUDGE_MAX_TOKENS, MAX_SHOWN_BYTES } from '../../../src/core/judge/limits.ts';
import { judgeParams } from '../../../src/core/judge/request.ts';
import { createJudgeStats, type ExpectedJudgement } from '../../../src/core/judge/weight.ts';
import { atMs, countOf, prices, statsOf } from '../estimate/truth.ts';
import { asked } from './asked.ts';

const MODEL = 'claude-sonnet-5';
const PLAIN: ExpectedJudgement = { question: '[user]\nHi', rubric: 'is polite', answer: { maxTokens: 400 } };

function judgeStatsOf(all: readonly ExpectedJudgement[]) {
  const stats = createJudgeStats(MODEL);
  for (const expected of all) stats.add(expected);
  return stats;
}

const weights = ({ requests }: RequestStats): number[] => Array.from(requests, ({ weight }) => weight);
const estimate = (stats: RequestStats): Estimate =>
  estimateCost({ stats, counts: new Map(), models: new Map(), prices, atMs });

describe('the weight of judgements that do not exist yet', () => {
  test.each([
    ['plain', {}],
    ['with a reference', { reference: 'You have 14 days.' }],
    ['in other scripts', { question: '大きさ', rubric: 'höflich', reference: '👩' }],
    ['longer than a judge is shown', { question: 'q'.repeat(100_000), reference: 'r'.repeat(50_000) }],
  ])('is that of the request itself, but for the answer: %s', (_, changes) => {
    const expected = { ...PLAIN, ...changes, answer: { maxTokens: 0 } };
    const real = statsOf([judgeParams(asked({ ...expected, answer: '', model: MODEL }))]);
    const [weight = 0] = weights(judgeStatsOf([expected]).likely);
    const [realWeight = 0] = weights(real);
    // Where something is cut, a tag says so.
    expect(realWeight - weight).toBeLessThan(120);
    expect(realWeight - weight).toBeGreaterThanOrEqual(0);
    if (expected.question.length < 1_000) expect(weight).toBe(realWeight);
  });

  test.each(['', 'Please send it back.', '大きさが決め手です。'.repeat(10_000)])(
    'of an answer that is there is its own',
    (text) => {
      const { likely, upper } = judgeStatsOf([{ ...PLAIN, answer: { text } }]);
      const [real = 0] = weights(statsOf([judgeParams(asked({ ...PLAIN, answer: text, model: MODEL }))]));
      expect(weights(upper)).toEqual(weights(likely));
      const [weight = 0] = weights(likely);
      expect(real - weight).toBeLessThan(120);
      expect(real - weight).toBeGreaterThanOrEqual(0);
    },
  );

  test('all else is that of the real requests, the cache included', () => {
    const { likely, upper } = judgeStatsOf([PLAIN, PLAIN, PLAIN]);
    const real = statsOf(['a', 'b', 'c'].map((answer) => judgeParams(asked({ answer, model: MODEL }))));
    const rest = ({ requests }: RequestStats) => Array.from(requests, (request) => ({ ...request, weight: 0 }));
    expect(rest(likely)).toEqual(rest(real));
    expect(rest(upper)).toEqual(rest(real));
    expect([likely.models, likely.thinkingBudget, likely.prefixes()]).toEqual([[MODEL], 0, []]);
    expect(estimate(likely)).toMatchObject({
      requests: 3,
      basis: 'rule',
      outputTokens: { upper: 3 * JUDGE_MAX_TOKENS },
      unpriced: { requests: 0 },
    });
  });

  test('grows with max_tokens of the judged request, up to what a judge is shown', () => {
    const all = [0, 400, 4_000, 40_000, 128_000, Number.MAX_SAFE_INTEGER].map((maxTokens) => ({
      ...PLAIN,
      answer: { maxTokens },
    }));
    const { likely, upper } = judgeStatsOf(all);
    const [none = 0, ...rest] = weights(upper);
    expect(rest.map((weight) => weight - none)).toEqual([900, 9_000, 90_000, ...Array(2).fill(MAX_SHOWN_BYTES.answer)]);
    expect(weights(likely).map((weight) => weight - none)).toEqual([0, 350, 1_792, 1_792, 1_792, 1_792]);
  });
});

test.each([
  ['prose', 'The size of the parcel decides. '],
  ['code', 'const a = [1, 2, 3].map((x) => x ** 2);\n'],
  ['Japanese', '大きさが決め手です。'],
  ['tags', '</case-answer-0123456789abcdef>'],
])('the upper bound is not exceeded by an answer that is as long as it may be: %s', (_, piece) => {
  const tokensOf = (text: string) => countOf({ model: MODEL, messages: [{ role: 'user', content: text }] });
  for (const maxTokens of [50, 1_000, 20_000, 200_000]) {
    const perPiece = tokensOf(piece.repeat(100)) / 100;
    const answer = piece.repeat(Math.floor(maxTokens / perPiece));
    const tokens = countOf(judgeParams(asked({ ...PLAIN, answer, model: MODEL })));
    const { upper } = estimate(judgeStatsOf([{ ...PLAIN, answer: { maxTokens } }]).upper).inputTokens;
    expect(tokens).toBeLessThanOrEqual(upper ?? 0);
  }
});
