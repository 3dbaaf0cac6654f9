import type { ApiModel } from '../../ports/api.ts';
import type { Femto } from '../text/money.ts';
import type { RepeatedPrefix } from './prefixes.ts';
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
  prefixes: readonly RepeatedPrefix[],
  stats: RequestStats,
  ratios: readonly TokensPerByte[],
  models: ReadonlyMap<string, ApiModel>,
  pricing: Pricing,
): PrefixSaving[] {
  return prefixes.flatMap(({ model: index, first, count, weight }) => {
    const model = stats.models[index] ?? '';
    const { low, point: ratio } = ratios[index] ?? { low: 0, point: 0 };
    const shortest = shortestCacheable(models.get(model)?.id ?? model);
    if (weight * low < shortest) return [];
    const tokens = Math.round(weight * ratio);
    // The price for long prompts goes by the whole prompt; the first request stands for the others.
    const price = rateFor(model, models.get(model), (stats.weight[first] ?? 0) * ratio, pricing);
    const saving = savingOf(BigInt(tokens), BigInt(count - 1), price?.rates);
    return [{ model, first, requests: count, tokens, saving }];
  });
}

function savingOf(
  tokens: bigint,
  reads: bigint,
  rates: NonNullable<ReturnType<typeof rateFor>>['rates'] | undefined,
): PrefixSaving['saving'] {
  const { input, cacheWrite5m, cacheRead } = rates ?? {};
  if (input === undefined || cacheWrite5m === undefined || cacheRead === undefined) return undefined;
  const standard = tokens * (reads * (input - cacheRead) - (cacheWrite5m - input));
  return { standard, batch: standard / 2n };
}
