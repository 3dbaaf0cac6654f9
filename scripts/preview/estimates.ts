import { createPriceBook } from '../../src/core/cost/book.ts';
import { type Estimate, estimateCost } from '../../src/core/estimate/estimate.ts';
import { createRequestStats } from '../../src/core/estimate/request-stats.ts';
import { CREATED_AT } from './accounts.ts';

const SENTENCE = 'Answer with the name of the city alone. ';

/** 1,319 short requests, in turn to each of the models. */
export function estimateOfShort(...models: readonly string[]): Estimate {
  return estimate(1319, SENTENCE.repeat(30), (n) => models[n % models.length] ?? '');
}

/** 1,319 requests to two models, with a long beginning that repeats. */
export function estimateOfLong(): Estimate {
  return estimate(1319, SENTENCE.repeat(150), (n) => (n % 2 === 0 ? 'claude-haiku-4-5' : 'claude-sonnet-5'));
}

/** Requests, some of which name models without a price. */
export function estimateOfStrangers(): Estimate {
  return estimate(40, SENTENCE, (n) => (n % 4 === 0 ? 'claude-next-1' : 'claude-haiku-4-5'));
}

function estimate(requests: number, system: string, modelOf: (position: number) => string): Estimate {
  const stats = createRequestStats();
  for (let n = 0; n < requests; n += 1) {
    const messages = [{ role: 'user', content: `What is the capital of country ${n}?` }];
    stats.add({ model: modelOf(n), max_tokens: 300, system, messages });
  }
  const nothing = { counts: new Map(), models: new Map() };
  return estimateCost({ stats, ...nothing, prices: createPriceBook(), atMs: Date.parse(CREATED_AT) });
}
