import type { Femto } from '../text/money.ts';
import { type PriceBook, ratesOf } from './book.ts';
import { webSearchPrice } from './table.ts';
import { type Rates, tokenKinds } from './tokens.ts';
import type { Usage } from './usage.ts';

/**
 * Cost of one succeeded request, or why it is unknown. An unpriced request is never a free one.
 *
 * `batch` is the bill; `standard` is the cost of the same usage outside a batch. `unbilled`: it costs nothing.
 * `partly`: the prices lack a kind of token it used, and the amounts cover only priced tokens.
 */
export type Pricing =
  | {
      readonly kind: 'priced';
      readonly batch: Femto;
      readonly standard: Femto;
      /** How much more `batch` would be without caching; below 0 if writes cost more than reads saved. */
      readonly cacheSaving: Femto;
      readonly unbilled: boolean;
    }
  | { readonly kind: 'partly'; readonly batch: Femto; readonly standard: Femto }
  | {
      readonly kind: 'unpriced';
      /**
       * `unknown-model`: no price at that date. `no-usage`: no readable usage. `unlisted-tokens`: usage lists billed steps that its
       * totals leave out.
       */
      readonly why: 'unknown-model' | 'no-usage' | 'unlisted-tokens';
      readonly model: string;
    };

export interface Priceable {
  /** The result's `model`, which is the one that answered. */
  readonly model: string;
  readonly usage: Usage | undefined;
  readonly stopReason: string | null | undefined;
  /** Whether the message has any content. */
  readonly hasOutput: boolean;
  /** When its batch was created, in ms since the epoch. */
  readonly at: number;
  readonly prices: PriceBook;
}

/**
 * Prices one succeeded request exactly. A batch halves every kind of token but not web searches; inference in the US adds a tenth to
 * tokens, in and outside a batch. A refusal before any output costs nothing.
 */
export function priceUsage({ model, usage, stopReason, hasOutput, at, prices }: Priceable): Pricing {
  if (stopReason === 'refusal' && !hasOutput)
    return { kind: 'priced', batch: 0n, standard: 0n, cacheSaving: 0n, unbilled: true };
  if (usage === undefined) return { kind: 'unpriced', why: 'no-usage', model };
  if (usage.unlisted) return { kind: 'unpriced', why: 'unlisted-tokens', model };
  const promptTokens = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
  const price = ratesOf(prices, model, { atMs: at, promptTokens });
  if (price === undefined) return { kind: 'unpriced', why: 'unknown-model', model };
  const { tokens, whole } = costOfTokens(usage, price.rates);
  // Rates are multiples of 1,000 femto, so a tenth and a half of them are whole.
  const inRegion = (amount: Femto): Femto =>
    price.regional && usage.inferenceGeo === 'us' ? (amount * 11n) / 10n : amount;
  const standardTokens = inRegion(tokens);
  const searches = BigInt(usage.webSearches) * webSearchPrice;
  const amounts = { batch: standardTokens / 2n + searches, standard: standardTokens + searches };
  if (!whole) return { kind: 'partly', ...amounts };
  const cacheSaving = inRegion(cacheSavingOf(usage, price.rates, tokens)) / 2n;
  return { kind: 'priced', ...amounts, cacheSaving, unbilled: false };
}

/** How much more the tokens would cost with the whole prompt as plain input; 0 without a price for that. */
function cacheSavingOf(usage: Usage, { input, output }: Rates, cost: Femto): Femto {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
  if (prompt === usage.input || input === undefined) return 0n;
  return BigInt(prompt) * input + BigInt(usage.output) * (output ?? 0n) - cost;
}

/** The cost of all token kinds with a price, and whether these are all kinds that were used. */
function costOfTokens(usage: Usage, rates: Rates): { readonly tokens: Femto; readonly whole: boolean } {
  let tokens = 0n;
  let whole = true;
  for (const kind of tokenKinds) {
    if (usage[kind] === 0) continue;
    const rate = rates[kind];
    if (rate === undefined) whole = false;
    else tokens += BigInt(usage[kind]) * rate;
  }
  return { tokens, whole };
}

/** What pricing its result needs. */
export interface PagePrices {
  readonly prices: PriceBook;
  /** When its batch was created, in ms since the epoch. */
  readonly at: number;
}
