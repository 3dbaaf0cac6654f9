import type { ApiModel } from '../../ports.ts';
import type { Femto } from '../cost/money.ts';
import type { Density } from './density.ts';
import type { RepeatedPrefix } from './prefixes.ts';
import { type Pricing, rateFor } from './pricing.ts';
import type { Tally } from './tally.ts';

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

/** Prices the beginnings that repeat. The first request pays for the write, the others read instead of paying input. */
export function savingsOf(
  prefixes: readonly RepeatedPrefix[],
  tally: Tally,
  densities: readonly Density[],
  models: ReadonlyMap<string, ApiModel>,
  pricing: Pricing,
): PrefixSaving[] {
  return prefixes.map(({ model: index, first, count, weight }) => {
    const model = tally.models[index] ?? '';
    const density = densities[index]?.point ?? 0;
    const tokens = Math.round(weight * density);
    // The price for long prompts goes by the whole prompt; the first request stands for the others.
    const price = rateFor(model, models.get(model), (tally.weight[first] ?? 0) * density, pricing);
    return { model, first, requests: count, tokens, saving: savingOf(BigInt(tokens), BigInt(count - 1), price?.rates) };
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
