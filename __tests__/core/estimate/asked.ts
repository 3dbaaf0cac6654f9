import { type Estimate, estimateCost } from '../../../src/core/estimate/estimate.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { formatUsd } from '../../../src/core/text/money.ts';
import type { ApiModel } from '../../../src/ports/api.ts';
import { atMs, prices, statsOf } from './truth.ts';

export const ephemeral = { type: 'ephemeral' };
export const hour = { type: 'ephemeral', ttl: '1h' };

/** A request of 400 characters to a model at $5 and $25. */
export const ask = (more: Params = {}): Params => ({
  model: 'claude-opus-4-6',
  max_tokens: 1_000,
  messages: [{ role: 'user', content: 'x'.repeat(400) }],
  ...more,
});

export interface Known {
  /** Tokens of the first requests. */
  readonly counts?: readonly number[];
  readonly models?: ReadonlyMap<string, ApiModel>;
  readonly book?: typeof prices;
}

export function estimate(
  requests: readonly Params[],
  { counts = [], models = new Map(), book = prices }: Known = {},
): Estimate {
  const counted = new Map(counts.entries());
  return estimateCost({ stats: statsOf(requests), counts: counted, models, prices: book, atMs });
}

/** Low, point, high and upper, as they are printed. */
export const usdOf = ({ low, point, high, upper }: Estimate['batch']) => {
  return [low, point, high, upper].map((amount) => (amount === undefined ? undefined : formatUsd(amount)));
};
