import type { ApiModel } from '../../ports/api.ts';
import type { PriceBook } from '../cost/book.ts';
import { webSearchPrice } from '../cost/table.ts';
import type { Femto } from '../text/money.ts';
import { type Calculator, calculate } from './calculator.ts';
import type { RequestStats } from './request-stats.ts';
import type { Tokens } from './request-tokens.ts';
import { type TooLong, tooLongOf } from './request-tokens.ts';
import { type PrefixSaving, savingsOf } from './saving.ts';
import { type Sums, sumUp } from './sums.ts';
import { type TokensPerByte, tokensPerByteOf } from './tokens-per-byte.ts';

/** A likely range, its likely point, and what is not exceeded; `upper` is undefined where no such bound can be given. */
export interface Bounds<Amount> {
  readonly low: Amount;
  readonly point: Amount;
  readonly high: Amount;
  readonly upper: Amount | undefined;
}

/** What tokens of prompts rest on: `mixed` where some models were counted and others go by the rule. */
export type Basis = TokensPerByte['basis'] | 'mixed';

/**
 * What a batch will cost, as far as its requests tell. Money is exact in femto-dollars; tokens and searches are whole and of
 * all requests. Tokens of requests without a price add nothing to any amount: where `unpriced.requests` is not 0, amounts
 * are a part of the cost.
 */
export interface Estimate {
  readonly requests: number;
  /** Requests whose prompts the API counted. */
  readonly counted: number;
  readonly basis: Basis;
  /** In the order in which they first appear. */
  readonly models: readonly {
    readonly model: string;
    readonly requests: number;
    readonly counted: number;
    readonly basis: TokensPerByte['basis'];
  }[];
  readonly inputTokens: Bounds<number>;
  readonly outputTokens: Bounds<number>;
  readonly searches: Bounds<number>;
  /** All together, in a batch and outside of one. */
  readonly batch: Bounds<Femto>;
  readonly standard: Bounds<Femto>;
  /** The parts of `batch`. */
  readonly parts: {
    readonly input: Bounds<Femto>;
    readonly output: Bounds<Femto>;
    readonly searches: Bounds<Femto>;
  };
  /** Requests without an upper bound: server tools bring tokens into their prompts, or these are compacted. */
  readonly unbounded: { readonly requests: number; readonly serverTools: number; readonly compaction: number };
  /**
   * Requests whose counted prompt is longer than the API says the model takes, in file order: it will most likely refuse them. Their
   * tokens are in the amounts all the same, but for the low end. What was not counted may hold more of them.
   */
  readonly tooLong: readonly TooLong[];
  /** `models` have no price, or not for a kind of token they will use; `nameless` requests name no model at all. */
  readonly unpriced: { readonly requests: number; readonly models: readonly string[]; readonly nameless: number };
  readonly calculator: Calculator;
  /** Beginnings that repeat without a cache mark, the one that weighs most first. */
  readonly prefixes: readonly PrefixSaving[];
  /** What a change of `max_tokens` moves: in a batch, the cost of one output token of each request. */
  readonly answers: {
    /** The largest `max_tokens`, and the largest `budget_tokens`, which has to stay below. */
    readonly mostMaxTokens: number;
    readonly thinkingBudget: number;
    readonly upperToken: Femto;
    /** Of requests without and with thinking. */
    readonly plainToken: Femto;
    readonly thinkingToken: Femto;
  };
}

/**
 * Estimates what all requests will cost in a batch created at `atMs` (since the epoch). `counts`: tokens by
 * position, as far as counting worked; `models`: what the API says of the models by the names in params, as far as it did.
 */
export function estimateCost({
  stats,
  counts,
  models,
  prices,
  atMs,
}: {
  readonly stats: RequestStats;
  readonly counts: ReadonlyMap<number, number>;
  readonly models: ReadonlyMap<string, ApiModel>;
  readonly prices: PriceBook;
  readonly atMs: number;
}): Estimate {
  const pricing = { atMs, prices };
  const ratios = tokensPerByteOf(stats, counts);
  const sums = sumUp(stats, counts, ratios, models, pricing);
  const isBounded = sums.growing.requests === 0;
  const prefixes = savingsOf(stats.prefixes(), stats, ratios, models, pricing);
  const input = inputCost(sums, isBounded);
  const output = outputCost(sums, isBounded);
  const searches = searchCost(sums.searches, isBounded);
  const tokenCost = add(input, output);
  const parts = { input: halve(input), output: halve(output), searches };
  const unpriced = [...sums.unpriced];
  return {
    requests: stats.model.length,
    counted: ratios.reduce((sum, { counted }) => sum + counted, 0),
    basis: basisOf(ratios),
    models: ratios.map(({ requests, counted, basis }, index) => {
      return { model: stats.models[index] ?? '', requests, counted, basis };
    }),
    inputTokens: wholeTokens(sums.input, isBounded),
    outputTokens: wholeTokens(sums.output, isBounded),
    searches: wholeTokens(sums.searches, isBounded),
    batch: add(add(parts.input, parts.output), searches),
    standard: add(tokenCost, searches),
    parts,
    unbounded: sums.growing,
    tooLong: tooLongOf(stats, counts, models),
    unpriced: {
      requests: unpriced.reduce((sum, [, requests]) => sum + requests, 0),
      models: unpriced.flatMap(([index]) => stats.models[index] ?? []),
      nameless: sums.unpriced.get(-1) ?? 0,
    },
    calculator: calculate({ sums, prefixes, output: output.point, searches: searches.point }),
    prefixes,
    answers: {
      mostMaxTokens: sums.mostMaxTokens,
      thinkingBudget: stats.thinkingBudget,
      upperToken: sums.answerToken.upper.total() / 2n,
      plainToken: sums.answerToken.plain.total() / 2n,
      thinkingToken: sums.answerToken.thinking.total() / 2n,
    },
  };
}

function basisOf(ratios: readonly TokensPerByte[]): Basis {
  const bases = new Set(ratios.map(({ basis }) => basis));
  if (ratios.length === 0) return 'rule';
  if (bases.has('rule')) return bases.size > 1 ? 'mixed' : 'rule';
  return bases.has('sampled') ? 'sampled' : 'counted';
}

/** Halfway between a cache that always hits and one that never does: Anthropic names 30 to 98 % of hits in batches. */
function inputCost({ prompts }: Sums, isBounded: boolean): Bounds<Femto> {
  const { lowWarm, lowCold, pointWarm, pointCold, highCold, highWarm, upper } = prompts;
  return ordered(
    least(lowWarm.total(), lowCold.total()),
    (pointWarm.total() + pointCold.total()) / 2n,
    most(highCold.total(), highWarm.total()),
    isBounded ? upper.total() : undefined,
  );
}

function outputCost({ answers }: Sums, isBounded: boolean): Bounds<Femto> {
  const { low, point, high, upper } = answers;
  return ordered(low.total(), point.total(), high.total(), isBounded ? upper.total() : undefined);
}

/** A batch does not halve them. */
function searchCost({ low, point, high, upper }: Tokens, isBounded: boolean): Bounds<Femto> {
  const price = (count: number) => BigInt(count) * webSearchPrice;
  return ordered(price(low), price(point), price(high), isBounded ? price(upper) : undefined);
}

/** Rounding and prices that make a cached token dearer than another must not turn a range round. */
function ordered(low: Femto, point: Femto, high: Femto, upper: Femto | undefined): Bounds<Femto> {
  const top = most(high, point);
  return { low: least(low, point), point, high: top, upper: upper === undefined ? undefined : most(upper, top) };
}

/** Sums beyond 2^53, which only an absurd `max_tokens` makes, are told as the largest exact number; amounts are exact. */
function wholeTokens({ low, point, high, upper }: Tokens, isBounded: boolean): Bounds<number> {
  const exact = (tokens: number) => Math.min(tokens, Number.MAX_SAFE_INTEGER);
  return {
    low: exact(Math.floor(low)),
    point: exact(Math.round(point)),
    high: exact(Math.ceil(high)),
    upper: isBounded ? exact(Math.ceil(upper)) : undefined,
  };
}

function add(a: Bounds<Femto>, b: Bounds<Femto>): Bounds<Femto> {
  const upper = a.upper === undefined || b.upper === undefined ? undefined : a.upper + b.upper;
  return { low: a.low + b.low, point: a.point + b.point, high: a.high + b.high, upper };
}

function halve({ low, point, high, upper }: Bounds<Femto>): Bounds<Femto> {
  return { low: low / 2n, point: point / 2n, high: high / 2n, upper: upper === undefined ? undefined : upper / 2n };
}

function least(a: Femto, b: Femto): Femto {
  return a < b ? a : b;
}

function most(a: Femto, b: Femto): Femto {
  return a > b ? a : b;
}
