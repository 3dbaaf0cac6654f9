import { createPriceBook } from '../../src/core/cost/book.ts';
import { type Pricing, priceUsage } from '../../src/core/cost/price.ts';
import { parseUsage, type Usage } from '../../src/core/cost/usage.ts';
import { formatUsd } from '../../src/core/text/money.ts';

/** The cheapest model by the price table. */
export const MODEL = 'claude-haiku-5-5';
const MAX_TOKENS = 16;
const messages = [{ role: 'user', content: 'Answer with the one word: yes' }];

/** What a count of the answered request takes. */
export const COUNTED = { model: MODEL, messages };
/** One that is answered, and one that the API refuses only when its turn comes. No other batch has requests of these names. */
export const ANSWERED = 'claude-batch-smoke-answered';
export const REFUSED = 'claude-batch-smoke-refused';
export const REQUESTS = [
  { custom_id: ANSWERED, params: { ...COUNTED, max_tokens: MAX_TOKENS } },
  { custom_id: REFUSED, params: { ...COUNTED, max_tokens: 0 } },
] as const;
export const BODY = JSON.stringify({ requests: REQUESTS });

/** Prices an answer as the action does. */
export function price(model: string, usage: Usage | undefined, atMs: number): Pricing {
  const prices = createPriceBook();
  return priceUsage({ model, usage, stopReason: undefined, hasOutput: true, at: atMs, prices });
}

/** The most that one answer costs if its prompt has this many tokens, in US dollars; undefined if the model has no price. */
export function mostUsd(promptTokens: number, atMs: number): string | undefined {
  const pricing = price(MODEL, parseUsage({ input_tokens: promptTokens, output_tokens: MAX_TOKENS }), atMs);
  return pricing.kind === 'priced' ? formatUsd(pricing.batch) : undefined;
}

/** A token has at least one byte, and a prompt is shorter than its request. */
export const MOST_PROMPT_TOKENS = Buffer.byteLength(BODY);
