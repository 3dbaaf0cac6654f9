import { expect, test } from '@jest/globals';
import { CACHING_ON, ESTIMATE } from '../../../src/core/messages/estimate.ts';

test.each<[keyof typeof ESTIMATE, unknown, string]>([
  ['range', { low: '0.900000', likely: '1.100000', high: '1.300000', upper: '1.500000' }, '$0.900000 to $1.300000'],
  [
    'in-batch',
    { low: '0.900000', likely: '1.100000', high: '1.300000', upper: '1.500000' },
    'In a batch: likely $0.900000 to $1.300000, about $1.100000, upper bound $1.500000',
  ],
  [
    'one-by-one',
    { low: '0.900000', likely: '1.100000', high: '1.300000', upper: null },
    'One by one: likely $0.900000 to $1.300000, about $1.100000',
  ],
  [
    'input',
    { tokens: { low: 1000, likely: 2000, high: 3000, upper: 4000 }, counted: 2, requests: 3, basis: 'counted' },
    'Input: 1,000 to 3,000 tokens, counted by the API.',
  ],
  [
    'input',
    { tokens: { low: 1000, likely: 2000, high: 3000, upper: 4000 }, counted: 2, requests: 3, basis: 'sampled' },
    "Input: 1,000 to 3,000 tokens, from the API's count of 2 of 3 prompts.",
  ],
  [
    'input',
    { tokens: { low: 1000, likely: 2000, high: 3000, upper: 4000 }, counted: 2, requests: 3, basis: 'rule' },
    'Input: 1,000 to 3,000 tokens, estimated cautiously from the length of the prompts, because none was counted.',
  ],
  [
    'input',
    { tokens: { low: 1000, likely: 2000, high: 3000, upper: 4000 }, counted: 2, requests: 3, basis: 'mixed' },
    "Input: 1,000 to 3,000 tokens, from the API's count of 2 of 3 prompts, and estimated cautiously for models without a counted prompt.",
  ],
  [
    'input',
    { tokens: { low: 1000, likely: 2000, high: 1000, upper: 4000 }, counted: 2, requests: 3, basis: 'counted' },
    'Input: 1,000 tokens, counted by the API.',
  ],
  [
    'output',
    { low: 1000, likely: 2000, high: 3000, upper: 4000 },
    'Output: about 2,000 tokens, at most the 4,000 that max_tokens allows; the length of answers is not known in advance.',
  ],
  [
    'output',
    { low: 1000, likely: 2000, high: 3000, upper: null },
    'Output: about 2,000 tokens, likely up to 3,000; the length of answers is not known in advance.',
  ],
  [
    'output',
    { low: 1000, likely: 2000, high: 0, upper: 4000 },
    'Output: none, because no request has a max_tokens of 1 or more.',
  ],
  [
    'judging',
    { judgements: 3, batch: { low: '0.900000', likely: '1.100000', high: '1.300000', upper: '1.500000' } },
    'The amounts include 3 judgements (llm-rubric), likely $0.900000 to $1.300000, about $1.100000, upper bound $1.500000.',
  ],
  [
    'judging',
    { judgements: 1, batch: null },
    'The amounts exclude 1 judgement (llm-rubric), because the judge model has no known price.',
  ],
  [
    'reuse',
    { requests: 1_307, usd: '1.031200' },
    '1,307 requests take earlier answers, which saves about $1.031200. All other figures leave them out.',
  ],
  [
    'reuse',
    { requests: 1, usd: '0.000412' },
    '1 request takes an earlier answer, which saves about $0.000412. All other figures leave it out.',
  ],
  [
    'unpriced',
    { count: 1, models: ['m'] },
    'The amounts exclude 1 request without a known price (m), so the cost is at least that much and has no upper bound.',
  ],
  [
    'unpriced',
    { count: 2, models: ['m', 'n'] },
    'The amounts exclude 2 requests without a known price (m, n), so the cost is at least that much and has no upper bound.',
  ],
  [
    'unbounded',
    { count: 2, by: ['server-tools', 'compaction'] },
    '2 requests may use server tools or compaction, which can add tokens that cannot be counted in advance, so there is no upper bound.',
  ],
  ['more-names', { count: 2 }, '2 more'],
])('%s %j', (code, facts, words) => {
  const print = ESTIMATE[code] as (facts: unknown) => string;
  expect(print(facts)).toBe(words);
});

test('what "Caching on" means', () => {
  expect(Object.values(CACHING_ON)).toEqual([
    'Caching on, as marked',
    'Caching on, if repeated prefixes were marked',
    'Caching on (nothing to cache)',
  ]);
});
