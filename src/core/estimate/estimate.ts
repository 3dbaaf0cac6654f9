import type { ApiModel } from '../../ports/api.ts';
import type { PriceBook } from '../cost/book.ts';
import type { Femto } from '../text/money.ts';
import { add, type Bounds, halve, type Sizes } from './bounds.ts';
import type { JudgingEstimate } from './judging-estimate.ts';
import { shortestCacheable } from './prefixes.ts';
import { type Pricing, rateFor } from './pricing.ts';
import type { RequestStats } from './request-stats.ts';
import { sumUp, type TooLong } from './sums.ts';
import { type TokensPerByte, tokensPerByteOf } from './tokens-per-byte.ts';

/** How prompt tokens were found: `mixed` if some models were counted and others estimated. */
type Basis = TokensPerByte['basis'] | 'mixed';

/**
 * What a batch will cost, as far as its requests show. Money is exact in femto-dollars; tokens are whole, over all requests. Unpriced
 * requests add nothing to any amount: if `unpriced.requests` is not 0, the amounts are only part of the cost.
 */
export interface Estimate {
  readonly requests: number;
  /** Requests whose prompts the API counted. */
  readonly counted: number;
  readonly basis: Basis;
  readonly inputTokens: Bounds<number>;
  readonly outputTokens: Bounds<number>;
  /** The total, in a batch and outside one. */
  readonly batch: Bounds<Femto>;
  readonly standard: Bounds<Femto>;
  /** The parts of `batch`. */
  readonly parts: {
    readonly input: Bounds<Femto>;
    readonly output: Bounds<Femto>;
    readonly searches: Bounds<Femto>;
  };
  /** Requests without an upper bound: server tools add tokens to their prompts, or compaction applies. */
  readonly unbounded: { readonly requests: number; readonly causes: readonly ('server-tools' | 'compaction')[] };
  /**
   * Requests whose counted prompt is longer than the model takes according to the API, in file order; it will most likely refuse them.
   * Their tokens are in all amounts except the low end. There may be more among requests that were not counted.
   */
  readonly tooLong: readonly TooLong[];
  /** `models` have no price, or none for a kind of token they will use; the remaining requests name no model. */
  readonly unpriced: { readonly requests: number; readonly models: readonly string[] };
  readonly calculator: Calculator;
  /** The cost of judging, which is part of all amounts and of no other figure; undefined without a judge. */
  readonly judging?: JudgingEstimate;
  /** Requests that take an earlier answer, which no other figure includes, and the likely cost of sending them; undefined if none does. */
  readonly reuse?: { readonly requests: number; readonly cost: Femto } | undefined;
  /** Repeated prompt beginnings without a cache breakpoint, the heaviest first. */
  readonly prefixes: readonly PrefixSaving[];
  /** What changing `max_tokens` affects: the cost in a batch of one output token of each request. */
  readonly answers: {
    /** The largest `max_tokens`, and the largest `budget_tokens`, which must stay below it. */
    readonly mostMaxTokens: number;
    readonly thinkingBudget: number;
    readonly upperToken: Femto;
    /** For requests without and with thinking. */
    readonly plainToken: Femto;
    readonly thinkingToken: Femto;
  };
}

/** A long beginning that several requests share without a cache breakpoint, and the saving from a breakpoint after it. */
interface PrefixSaving {
  /** The model as named in the params. */
  readonly model: string;
  /** Position (from 0) of the first request with it. */
  readonly first: number;
  /** Requests that start with it. */
  readonly requests: number;
  /** Estimated tokens of the beginning. Beginnings are only compared up to 256 K characters. */
  readonly tokens: number;
  /** Outside a batch and in one, with 5-minute writes, if all but the first request read it; undefined if prices are missing. */
  readonly saving: { readonly standard: Femto; readonly batch: Femto } | undefined;
}

/** The same requests sent four ways, each with the likely tokens. */
interface Calculator {
  /** What `cached` assumes: perfect use of the requests' cache breakpoints; if there are none, of the repeated beginnings; else nothing. */
  readonly caching: 'marks' | 'prefixes' | 'none';
  /** One by one. */
  readonly standard: { readonly uncached: Femto; readonly cached: Femto };
  readonly batch: { readonly uncached: Femto; readonly cached: Femto };
}

/**
 * Estimates the cost of all requests in a batch created at `atMs` (since the epoch). `counts`: tokens by position, as far as counting
 * worked; `models`: the API's facts on the models by their names in the params, as far as known.
 */
export function estimateCost(about: {
  readonly stats: RequestStats;
  readonly counts: ReadonlyMap<number, number>;
  readonly models: ReadonlyMap<string, ApiModel>;
  readonly prices: PriceBook;
  readonly atMs: number;
}): Estimate {
  const { stats, counts, ...pricing } = about;
  const ratios = tokensPerByteOf(stats, counts);
  const sums = sumUp(stats, { counts, ratios }, pricing);
  const { input, output, searches, unbounded, answerToken } = sums;
  const bound = <Amount>(amounts: Sizes<Amount>): Bounds<Amount> =>
    unbounded.requests === 0 ? amounts : { ...amounts, upper: undefined };
  const parts = { input: halve(input), output: halve(output), searches };
  const prefixes = savingsOf(stats, ratios, pricing);
  return {
    requests: stats.requests.length,
    counted: counts.size,
    basis: basisOf([...ratios.values()]),
    inputTokens: bound(wholeTokens(sums.inputTokens)),
    outputTokens: bound(wholeTokens(sums.outputTokens)),
    batch: bound(add(add(parts.input, parts.output), searches)),
    standard: bound(add(add(input, output), searches)),
    parts: { input: bound(parts.input), output: bound(parts.output), searches: bound(searches) },
    unbounded: {
      requests: unbounded.requests,
      causes: [
        ...(unbounded.serverTools ? (['server-tools'] as const) : []),
        ...(unbounded.compaction ? (['compaction'] as const) : []),
      ],
    },
    tooLong: sums.tooLong,
    unpriced: sums.unpriced,
    calculator: calculate(sums, prefixes),
    prefixes,
    answers: {
      mostMaxTokens: sums.mostMaxTokens,
      thinkingBudget: stats.thinkingBudget,
      upperToken: answerToken.upper / 2n,
      plainToken: answerToken.plain / 2n,
      thinkingToken: answerToken.thinking / 2n,
    },
  };
}

function basisOf(ratios: readonly TokensPerByte[]): Basis {
  const bases = new Set(ratios.map(({ basis }) => basis));
  if (ratios.length === 0) return 'rule';
  if (bases.has('rule')) return bases.size > 1 ? 'mixed' : 'rule';
  return bases.has('sampled') ? 'sampled' : 'counted';
}

/** Caps sums beyond 2^53, which only an absurd `max_tokens` makes, at the largest exact number; amounts stay exact. */
function wholeTokens({ low, point, high, upper }: Sizes): Sizes {
  const exact = (tokens: number) => Math.min(tokens, Number.MAX_SAFE_INTEGER);
  return {
    low: exact(Math.floor(low)),
    point: exact(Math.round(point)),
    high: exact(Math.ceil(high)),
    upper: exact(Math.ceil(upper)),
  };
}

function calculate(sums: ReturnType<typeof sumUp>, prefixes: readonly PrefixSaving[]): Calculator {
  const { uncachedInput: uncached, warmInput, output, searches } = sums;
  const saving = prefixes.reduce((sum, prefix) => sum + (prefix.saving?.standard ?? 0n), 0n);
  const cached = warmInput ?? uncached - saving;
  const caching = warmInput !== undefined ? 'marks' : saving > 0n ? 'prefixes' : 'none';
  const rest = output.point;
  return {
    caching,
    standard: { uncached: uncached + rest + searches.point, cached: cached + rest + searches.point },
    batch: { uncached: (uncached + rest) / 2n + searches.point, cached: (cached + rest) / 2n + searches.point },
  };
}

/**
 * Prices the repeated beginnings that are long enough to be cached, at their lowest likely token count: a promised saving must be real.
 * The first request pays for the write, the others for reads instead of input.
 */
function savingsOf(
  stats: RequestStats,
  ratios: ReadonlyMap<string, TokensPerByte>,
  pricing: Pricing,
): readonly PrefixSaving[] {
  return stats.prefixes().flatMap(({ model, first, count, weight }): PrefixSaving[] => {
    const { low, point: ratio } = ratios.get(model) ?? { low: 0, point: 0 };
    if (weight * low < shortestCacheable(pricing.models.get(model)?.id ?? model)) return [];
    const tokens = Math.round(weight * ratio);
    // The price for long prompts depends on the whole prompt; the first request stands for all.
    const price = rateFor(model, (stats.requests.at(first)?.weight ?? 0) * ratio, pricing);
    const { input, cacheWrite5m, cacheRead } = price?.rates ?? {};
    const about = { model, first, requests: count, tokens };
    if (input === undefined || cacheWrite5m === undefined || cacheRead === undefined)
      return [{ ...about, saving: undefined }];
    const standard = BigInt(tokens) * (BigInt(count - 1) * (input - cacheRead) - (cacheWrite5m - input));
    return [{ ...about, saving: { standard, batch: standard / 2n } }];
  });
}
