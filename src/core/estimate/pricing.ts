import type { ApiModel } from '../../ports/api.ts';
import { type PriceBook, ratesOf } from '../cost/book.ts';
import type { Charge, TokenKind } from './bill.ts';
import type { Charges } from './prompt-bills.ts';
import { flags } from './request-stats.ts';
import type { Tokens } from './request-tokens.ts';

/** What prices hold: those of batches created at `atMs`, since the epoch. */
export interface Pricing {
  readonly atMs: number;
  readonly prices: PriceBook;
}

/**
 * The rates outside a batch for a prompt of `tokens`: by the id under which the model will answer, where the API told it,
 * else by the name in params.
 */
export function rateFor(name: string, api: ApiModel | undefined, tokens: number, { atMs, prices }: Pricing) {
  const byId = api === undefined ? undefined : ratesOf(api.id, atMs, tokens, prices);
  return byId ?? ratesOf(name, atMs, tokens, prices);
}

/**
 * The most tokens of a prompt that a model takes; infinite where that is not known. Where longer prompts have a price of
 * their own they are taken too, with a beta header, and what the API says is the size without it.
 */
export function windowOf(name: string, api: ApiModel | undefined, pricing: Pricing): number {
  const most = api?.maxInputTokens ?? Number.POSITIVE_INFINITY;
  const within = rateFor(name, api, most, pricing);
  return within === rateFor(name, api, most + 1, pricing) ? most : Number.POSITIVE_INFINITY;
}

/**
 * The charges of a request by the size of its prompt; undefined where a price is missing for one of `kinds`. The tenth for
 * the US is likely only where params ask for it, and possible where they do not ask for another region.
 */
export function chargesOf(
  name: string,
  api: ApiModel | undefined,
  tokens: Tokens,
  about: { readonly flags: number; readonly kinds: readonly TokenKind[] },
  pricing: Pricing,
): Charges | undefined {
  const chargeAt = (size: number, mayBeUs: boolean): Charge | undefined => {
    const price = rateFor(name, api, size, pricing);
    if (price === undefined || about.kinds.some((kind) => price.rates[kind] === undefined)) return undefined;
    return { rates: price.rates, us: price.regional && mayBeUs };
  };
  const asksUs = (about.flags & flags.us) !== 0;
  const low = chargeAt(tokens.low, asksUs);
  const point = chargeAt(tokens.point, asksUs);
  const high = chargeAt(tokens.high, asksUs);
  const upper = chargeAt(tokens.upper, (about.flags & flags.elsewhere) === 0);
  if (low === undefined || point === undefined || high === undefined || upper === undefined) return undefined;
  return { low, point, high, upper };
}
