import type { ApiModel } from '../../ports/api.ts';
import { type PriceBook, ratesOf } from '../cost/book.ts';
import type { TokenKind } from '../cost/tokens.ts';
import type { Femto } from '../text/money.ts';
import { type Sizes, sizesOf } from './bounds.ts';
import type { RequestStat } from './request-stats.ts';

/** What prices hold: those of batches created at `atMs`, since the epoch. */
export interface Pricing {
  readonly atMs: number;
  readonly prices: PriceBook;
  /** What the API says of the models by the names in params, as far as it did. */
  readonly models: ReadonlyMap<string, ApiModel>;
}

/** What tokens of one request are charged at: the price of a token of each kind. */
export type Charge = (kind: TokenKind) => Femto;

/**
 * The rates outside a batch for a prompt of `tokens`: by the id under which the model will answer, if the API gave it,
 * otherwise by the name in params.
 */
export function rateFor(name: string, tokens: number, { atMs, prices, models }: Pricing) {
  const id = models.get(name)?.id;
  const use = { atMs, promptTokens: tokens };
  const byId = id === undefined ? undefined : ratesOf(prices, id, use);
  return byId ?? ratesOf(prices, name, use);
}

/**
 * The most tokens of a prompt that a model takes; infinite where that is not known. Where longer prompts have a price of
 * their own they are taken too, with a beta header, and what the API says is the size without it.
 */
export function windowOf(name: string, pricing: Pricing): number {
  const most = pricing.models.get(name)?.maxInputTokens ?? Number.POSITIVE_INFINITY;
  return rateFor(name, most, pricing) === rateFor(name, most + 1, pricing) ? most : Number.POSITIVE_INFINITY;
}

/**
 * The charges of a request by the size of its prompt; undefined where a price is missing for a kind of token it may use. The
 * tenth for the US is likely only where params ask for it, and possible where they do not ask for another region.
 */
export function chargesOf(request: RequestStat, tokens: Sizes, pricing: Pricing): Sizes<Charge> | undefined {
  const { model, region, cache } = request;
  if (model === undefined) return undefined;
  const kinds: TokenKind[] = ['input', 'output', ...(cache === undefined ? [] : (['cacheRead'] as const))];
  if (cache !== undefined && cache.cold5m > 0) kinds.push('cacheWrite5m');
  if (cache !== undefined && cache.cold1h > 0) kinds.push('cacheWrite1h');
  let isPriced = true;
  const charges = sizesOf((size): Charge => {
    const price = rateFor(model, tokens[size], pricing);
    isPriced &&= kinds.every((kind) => price?.rates[kind] !== undefined);
    const isUs = price?.regional === true && (region === 'us' || (size === 'upper' && region === undefined));
    // Rates are multiples of 1,000 femto, so that a tenth and a half of them are whole.
    return (kind) => {
      const rate = price?.rates[kind] ?? 0n;
      return isUs ? (rate * 11n) / 10n : rate;
    };
  });
  return isPriced ? charges : undefined;
}

/** Adds up tokens by price, so that money is only reckoned once, and exactly. */
export interface Bill {
  /** Takes fractions of tokens, and the price of one. */
  add(price: Femto, tokens: number): void;
  /** Femto-dollars outside a batch; fractions of tokens are rounded, one sum at a time. */
  total(): Femto;
}

/**
 * From here tokens are added as whole big numbers: with an absurd `max_tokens` a sum of plain ones passes 2^53, where it would drop
 * what is added. Two million smaller ones stay below.
 */
const large = 2 ** 32;

/** Starts an empty bill. */
export function createBill(): Bill {
  const sums = new Map<Femto, { small: number; large: bigint }>();
  return {
    add(price, tokens) {
      let sum = sums.get(price);
      if (sum === undefined) {
        sum = { small: 0, large: 0n };
        sums.set(price, sum);
      }
      if (tokens < large) sum.small += tokens;
      else sum.large += BigInt(Math.ceil(tokens));
    },
    total: () =>
      [...sums].reduce((sum, [price, { small, large }]) => sum + (BigInt(Math.round(small)) + large) * price, 0n),
  };
}
