import type { ApiModel } from '../../ports/api.ts';
import { type PriceBook, ratesOf } from '../cost/book.ts';
import type { TokenKind } from '../cost/tokens.ts';
import type { Femto } from '../text/money.ts';
import { type Sizes, sizesOf } from './bounds.ts';
import type { RequestStat } from './request-stat.ts';

/** Which prices apply: those of batches created at `atMs`, since the epoch. */
export interface Pricing {
  readonly atMs: number;
  readonly prices: PriceBook;
  /** The API's facts on the models by their names in the params, as far as known. */
  readonly models: ReadonlyMap<string, ApiModel>;
}

/** What one request pays per token of each kind; 0 for a kind without a price. */
export type Charge = Readonly<Record<TokenKind, Femto>>;

/**
 * The rates outside a batch for a prompt of `tokens`: by the id under which the model will answer, if the API gave it, otherwise by the
 * name in the params.
 */
export function rateFor(name: string, tokens: number, { atMs, prices, models }: Pricing) {
  const id = models.get(name)?.id;
  const use = { atMs, promptTokens: tokens };
  const byId = id === undefined ? undefined : ratesOf(prices, id, use);
  return byId ?? ratesOf(prices, name, use);
}

/**
 * The longest prompt, in tokens, that a model takes; infinite if unknown. If longer prompts have their own price, the model takes them
 * with a beta header, and the API reports the size without it.
 */
export function windowOf(name: string, pricing: Pricing): number {
  const most = pricing.models.get(name)?.maxInputTokens ?? Number.POSITIVE_INFINITY;
  return rateFor(name, most, pricing) === rateFor(name, most + 1, pricing) ? most : Number.POSITIVE_INFINITY;
}

type Price = NonNullable<ReturnType<typeof rateFor>>;

/**
 * Returns a function from a request and its prompt sizes to its charges; undefined if a kind of token that the request may use has no
 * price. The extra tenth for the US is likely only if the params ask for it, and possible unless they ask for another region.
 */
export function createCharges(pricing: Pricing): (request: RequestStat, tokens: Sizes) => Sizes<Charge> | undefined {
  /** By model: its only price, or that it has none or several. Nearly all have one, which saves a lookup per request. */
  const only = new Map<string, Price | 'by-tokens'>();
  const charges = new Map<Price, { readonly plain: Charge; readonly us: Charge }>();

  function priceOf(model: string, tokens: number): Price | undefined {
    let known = only.get(model);
    if (known === undefined) {
      const price = rateFor(model, 0, pricing);
      known = price !== undefined && price === rateFor(model, Number.POSITIVE_INFINITY, pricing) ? price : 'by-tokens';
      only.set(model, known);
    }
    return known === 'by-tokens' ? rateFor(model, tokens, pricing) : known;
  }

  function chargeOf(price: Price, isUs: boolean): Charge {
    let both = charges.get(price);
    if (both === undefined) {
      both = { plain: chargeAt(price, (rate) => rate), us: chargeAt(price, (rate) => (rate * 11n) / 10n) };
      charges.set(price, both);
    }
    return isUs ? both.us : both.plain;
  }

  return ({ model, region, cache }, tokens) => {
    if (model === undefined) return undefined;
    let isPriced = true;
    const found = sizesOf((size): Charge => {
      const price = priceOf(model, tokens[size]);
      if (price === undefined || !hasRates(price, cache)) isPriced = false;
      if (price === undefined) return FREE;
      return chargeOf(price, price.regional && (region === 'us' || (size === 'upper' && region === undefined)));
    });
    return isPriced ? found : undefined;
  };
}

/** Rates are multiples of 1,000 femto, so a tenth and a half of them are whole. */
function chargeAt({ rates }: Price, adjust: (rate: Femto) => Femto): Charge {
  const { input = 0n, output = 0n, cacheRead = 0n, cacheWrite5m = 0n, cacheWrite1h = 0n } = rates;
  return {
    input: adjust(input),
    output: adjust(output),
    cacheRead: adjust(cacheRead),
    cacheWrite5m: adjust(cacheWrite5m),
    cacheWrite1h: adjust(cacheWrite1h),
  };
}

const FREE: Charge = { input: 0n, output: 0n, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n };

/** Whether every kind of token that a request may use has a rate. */
function hasRates({ rates }: Price, cache: RequestStat['cache']): boolean {
  if (rates.input === undefined || rates.output === undefined) return false;
  if (cache === undefined) return true;
  if (rates.cacheRead === undefined || (cache.cold5m > 0 && rates.cacheWrite5m === undefined)) return false;
  return cache.cold1h === 0 || rates.cacheWrite1h !== undefined;
}

/** Adds up tokens by price, so that money is calculated only once, and exactly. */
export interface Bill {
  /** `tokens` may be fractional; `price` is per token. */
  add(price: Femto, tokens: number): void;
  /** Femto-dollars outside a batch; rounds fractional tokens once per sum. */
  total(): Femto;
}

/**
 * From this size on, tokens are summed as big integers: with an absurd `max_tokens`, a sum of plain numbers passes 2^53 and loses digits.
 * Two million smaller ones stay below.
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
