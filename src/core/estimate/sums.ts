import { webSearchPrice } from '../cost/table.ts';
import type { Femto } from '../text/money.ts';
import { least, most, type Sizes, sizes, sizesOf } from './bounds.ts';
import { type Bill, type Charge, createBill, createCharges, type Pricing, windowOf } from './pricing.ts';
import type { RequestStat } from './request-stat.ts';
import type { RequestStats } from './request-stats.ts';
import { answerTokensOf, promptTokensOf } from './request-tokens.ts';
import { ruleTokensPerByte, type TokensPerByte } from './tokens-per-byte.ts';

/** A prompt that does not fit: `tokens` were counted, and the model takes `most`. */
export interface TooLong {
  /** From 0. */
  readonly position: number;
  readonly model: string;
  readonly tokens: number;
  readonly most: number;
}

/** Adds up every request: tokens of all of them, amounts (outside a batch) of those with a price. `ratios` are by model. */
export function sumUp(
  stats: RequestStats,
  { counts, ratios }: { counts: ReadonlyMap<number, number>; ratios: ReadonlyMap<string, TokensPerByte> },
  pricing: Pricing,
) {
  const windows = new Map(stats.models.map((name) => [name, windowOf(name, pricing)]));
  const inputTokens = sizesOf(() => 0);
  const outputTokens = sizesOf(() => 0);
  const searches = sizesOf(() => 0);
  const prompts = createPromptBills();
  const outputs = sizesOf(createBill);
  const unbounded = { requests: 0, serverTools: false, compaction: false };
  const unpriced = { requests: 0, models: new Set<string>() };
  const tooLong: TooLong[] = [];
  /** One output token of each request: what a change of `max_tokens` affects. */
  const answerToken = { upper: 0n, plain: 0n, thinking: 0n };
  const chargesOf = createCharges(pricing);
  let mostMaxTokens = 0;
  let isMarked = false;
  let position = -1;

  for (const request of stats.requests) {
    position += 1;
    const { model = '', maxTokens, isThinking, serverTools, compaction } = request;
    const api = pricing.models.get(model);
    const counted = counts.get(position);
    const window = windows.get(model) ?? Number.POSITIVE_INFINITY;
    const input = promptTokensOf(request, ratios.get(model) ?? ruleTokensPerByte, { counted, window });
    const output = answerTokensOf(Math.min(maxTokens, api?.maxTokens ?? maxTokens), isThinking);
    for (const size of sizes) {
      inputTokens[size] += input[size];
      outputTokens[size] += output[size];
    }
    searches.point += Math.min(1, request.searches);
    searches.high += request.searches;
    searches.upper += request.searches;
    mostMaxTokens = Math.max(mostMaxTokens, maxTokens);
    isMarked ||= request.cache !== undefined;
    if (serverTools || compaction) unbounded.requests += 1;
    unbounded.serverTools ||= serverTools;
    unbounded.compaction ||= compaction;
    const longest = api?.maxInputTokens ?? Number.POSITIVE_INFINITY;
    if (counted !== undefined && counted > longest) tooLong.push({ position, model, tokens: counted, most: longest });

    const charges = chargesOf(request, input);
    if (charges === undefined) {
      unpriced.requests += 1;
      if (request.model !== undefined) unpriced.models.add(model);
      continue;
    }
    addPrompt(prompts, request, { tokens: input, charges });
    for (const size of sizes) outputs[size].add(charges[size].output, output[size]);
    answerToken.upper += charges.upper.output;
    answerToken[isThinking ? 'thinking' : 'plain'] += charges.point.output;
  }
  return {
    inputTokens,
    outputTokens,
    input: inputCost(prompts),
    output: ordered(sizesOf((size) => outputs[size].total())),
    /** A batch does not halve them. */
    searches: sizesOf((size) => BigInt(searches[size]) * webSearchPrice),
    /** For the likely tokens; `warm` if every cache breakpoint hits, undefined if there are none. */
    uncachedInput: prompts.uncached.total(),
    warmInput: isMarked ? prompts.warm.point.total() : undefined,
    unbounded,
    unpriced: { ...unpriced, models: [...unpriced.models] },
    tooLong,
    answerToken,
    mostMaxTokens,
  };
}

/** The prompts' cost with a cache that always hits, with one that never does, and without breakpoints. */
function createPromptBills() {
  return { warm: sizesOf(createBill), cold: sizesOf(createBill), uncached: createBill() };
}

/**
 * The part up to a breakpoint may be denser in tokens than the rest, for example a glossary before English questions. The bound assumes
 * half as many tokens again as the prompt's average.
 */
const densestPart = 1.5;

const LIKELY = ['low', 'point', 'high'] as const;

function addPrompt(
  { warm, cold, uncached }: ReturnType<typeof createPromptBills>,
  { weight, cache }: RequestStat,
  { tokens, charges }: { tokens: Sizes; charges: Sizes<Charge> },
): void {
  uncached.add(charges.point.input, tokens.point);
  if (cache === undefined) {
    for (const size of LIKELY) {
      warm[size].add(charges[size].input, tokens[size]);
      cold[size].add(charges[size].input, tokens[size]);
    }
    cold.upper.add(charges.upper.input, tokens.upper);
    return;
  }
  const { cold5m, cold1h, read, warm5m, warm1h } = cache;
  for (const size of LIKELY) {
    const charge = charges[size];
    const add = (bill: Bill, cached: { cacheWrite5m: number; cacheWrite1h: number; cacheRead: number }): void => {
      let rest = 1;
      for (const kind of ['cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const) {
        const share = cached[kind] / weight;
        rest -= share;
        if (share > 0) bill.add(charge[kind], tokens[size] * share);
      }
      bill.add(charge.input, tokens[size] * Math.max(0, rest));
    };
    add(warm[size], { cacheWrite5m: warm5m, cacheWrite1h: warm1h, cacheRead: read });
    add(cold[size], { cacheWrite5m: cold5m, cacheWrite1h: cold1h, cacheRead: 0 });
  }

  const long = Math.min(1, (cold1h / weight) * densestPart);
  const short = Math.min(1 - long, (cold5m / weight) * densestPart);
  const written1h = Math.ceil(tokens.upper * long);
  const written5m = Math.min(tokens.upper - written1h, Math.ceil(tokens.upper * short));
  cold.upper.add(dearest(charges.upper, 'cacheWrite1h'), written1h);
  cold.upper.add(dearest(charges.upper, 'cacheWrite5m'), written5m);
  cold.upper.add(charges.upper.input, tokens.upper - written1h - written5m);
}

/** Tokens that may be written may instead be read, or be plain input if the prefix is too short: takes the highest of these prices. */
function dearest(charge: Charge, write: 'cacheWrite5m' | 'cacheWrite1h'): Femto {
  return most(charge[write], most(charge.input, charge.cacheRead));
}

/** The point is halfway between a cache that always hits and one that never does: Anthropic names 30 to 98 % of hits in batches. */
function inputCost({ warm, cold }: ReturnType<typeof createPromptBills>): Sizes<Femto> {
  return ordered({
    low: least(warm.low.total(), cold.low.total()),
    point: (warm.point.total() + cold.point.total()) / 2n,
    high: most(cold.high.total(), warm.high.total()),
    upper: cold.upper.total(),
  });
}

/** Rounding, or a price list where cached tokens cost more, must not invert a range. */
function ordered({ low, point, high, upper }: Sizes<Femto>): Sizes<Femto> {
  const top = most(high, point);
  return { low: least(low, point), point, high: top, upper: most(upper, top) };
}
