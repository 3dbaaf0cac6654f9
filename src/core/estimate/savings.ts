import type { Femto } from '../text/money.ts';
import { shortestCacheable } from './prefixes.ts';
import { type Pricing, rateFor } from './pricing.ts';
import type { RequestStats } from './request-stats.ts';
import type { TokensPerByte } from './tokens-per-byte.ts';

/** A long beginning that several requests share without a cache mark, and what a mark behind it would save. */
export interface PrefixSaving {
  /** The model as params name it. */
  readonly model: string;
  /** Position (from 0) of the first request that has it. */
  readonly first: number;
  /** Requests that begin with it. */
  readonly requests: number;
  /** Tokens of the beginning, estimated. Longer ones than 256 K characters are only known that far. */
  readonly tokens: number;
  /**
   * Outside a batch and in one, with 5-minute writes, if all but the first read it; undefined where the prices do not say.
   */
  readonly saving: { readonly standard: Femto; readonly batch: Femto } | undefined;
}

/**
 * Prices the beginnings that repeat and are long enough to be cached, at their fewest likely tokens: what is promised must be real.
 * The first request pays for the write, the others read instead of paying input.
 */
export function savingsOf(
  stats: RequestStats,
  ratios: ReadonlyMap<string, TokensPerByte>,
  pricing: Pricing,
): readonly PrefixSaving[] {
  return stats.prefixes().flatMap(({ model, first, count, weight }): PrefixSaving[] => {
    const { low, point: ratio } = ratios.get(model) ?? { low: 0, point: 0 };
    if (weight * low < shortestCacheable(pricing.models.get(model)?.id ?? model)) return [];
    const tokens = Math.round(weight * ratio);
    // The price for long prompts goes by the whole prompt; the first request stands for the others.
    const price = rateFor(model, (stats.requests[first]?.weight ?? 0) * ratio, pricing);
    const { input, cacheWrite5m, cacheRead } = price?.rates ?? {};
    const about = { model, first, requests: count, tokens };
    if (input === undefined || cacheWrite5m === undefined || cacheRead === undefined)
      return [{ ...about, saving: undefined }];
    const standard = BigInt(tokens) * (BigInt(count - 1) * (input - cacheRead) - (cacheWrite5m - input));
    return [{ ...about, saving: { standard, batch: standard / 2n } }];
  });
}
