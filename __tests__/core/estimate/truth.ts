import { decide, messageOf } from '../../../simulator/anthropic/answer.ts';
import { findModel, simulatedModels } from '../../../simulator/anthropic/models.ts';
import { piecesOf } from '../../../simulator/anthropic/prompt.ts';
import { createPromptCache } from '../../../simulator/anthropic/prompt-cache.ts';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { priceUsage } from '../../../src/core/cost/price.ts';
import { parseUsage } from '../../../src/core/cost/usage.ts';
import { estimateCost } from '../../../src/core/estimate/estimate.ts';
import { choosePrompts } from '../../../src/core/estimate/prompts-to-count.ts';
import type { RequestStat } from '../../../src/core/estimate/request-stat.ts';
import { createRequestStats } from '../../../src/core/estimate/request-stats.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { type Femto, parseUsd } from '../../../src/core/text/money.ts';
import type { ApiModel } from '../../../src/ports/api.ts';

export const atMs = Date.parse('2026-11-22T12:00:00Z');
export const prices = createPriceBook();
const simulated = simulatedModels();

/** Dollars as text, such as `1.50`, in femto-dollars. */
export function usd(text: string): Femto {
  const [whole = '0', decimals = ''] = text.split('.');
  return parseUsd(`${whole}.${decimals.padEnd(6, '0')}`) ?? 0n;
}

/** Tokens of a prompt as the simulated API counts them. */
export function countOf(params: Params): number {
  return piecesOf(params).reduce((sum, { tokens }) => sum + tokens, 0);
}

/** The stats of all of these. */
export function statsOf(requests: readonly Params[]) {
  const stats = createRequestStats();
  for (const params of requests) stats.add(params);
  return stats;
}

/** The same of one request. */
export function statOf(params: Params): RequestStat {
  const [stat] = statsOf([params]).requests;
  if (stat === undefined) throw new Error('no request was taken');
  return stat;
}

/** What the simulated API says of a model. */
export function apiModelOf(name: string): ApiModel | undefined {
  const found = findModel(simulated, name);
  if (found === undefined) return undefined;
  const { id, lifecycle, retires_at: retiresAt, max_tokens: maxTokens, max_input_tokens: maxInputTokens } = found;
  return { id, lifecycle, retiresAt, maxTokens, maxInputTokens, takesBatches: true, takesStructuredOutputs: true };
}

/** The estimate with at most `sample` prompts counted. Prompts longer than the simulated windows are answered there: no caps. */
export function estimateOf(requests: readonly Params[], { sample = 40 }: { sample?: number } = {}) {
  const stats = statsOf(requests);
  const counts = new Map(choosePrompts(stats, sample).map((at): [number, number] => [at, countOf(requests[at] ?? {})]));
  const models = new Map<string, ApiModel>();
  for (const name of stats.models) {
    const model = apiModelOf(name);
    if (model !== undefined) models.set(name, { ...model, maxInputTokens: null });
  }
  return { stats, counts, estimate: estimateCost({ stats, counts, models, prices, atMs }) };
}

/** What the simulated API bills for a batch of these, and the tokens it takes in. */
export function truthOf(requests: readonly Params[]): { readonly cost: Femto; readonly inputTokens: number } {
  const state = {
    models: simulated,
    version: '2026-10-21',
    beta: false,
    inBatch: true,
    workspace: 'w',
    cache: createPromptCache(),
    nowMs: atMs,
  };
  let cost = 0n;
  let inputTokens = 0;
  for (const [index, params] of requests.entries()) {
    const decided = decide(`case-${index}`, params, state, undefined);
    if (decided.kind !== 'succeeded') throw new Error(`request ${index}: ${JSON.stringify(decided)}`);
    const message = messageOf(decided, 'msg_1', 'batch');
    const usage = parseUsage(message.usage);
    const hasOutput = message.content.length > 0;
    const { model, stop_reason: stopReason } = message;
    const pricing = priceUsage({ model, usage, stopReason, hasOutput, at: atMs, prices });
    if (pricing.kind !== 'priced' || usage === undefined) throw new Error(`request ${index} has no price`);
    cost += pricing.batch;
    inputTokens += usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
  }
  return { cost, inputTokens };
}
