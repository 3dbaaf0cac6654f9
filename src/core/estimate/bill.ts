import type { Femto } from '../cost/money.ts';
import { type Rates, tokenKinds } from '../cost/rates.ts';

/** A kind of token with a price of its own. */
export type TokenKind = (typeof tokenKinds)[number];

/** What tokens are charged at: the rates of a model and prompt length, and whether the tenth for the US comes on top. */
export interface Charge {
  readonly rates: Rates;
  readonly us: boolean;
}

/** Adds up tokens by rate, so that money is only reckoned once, and exactly. */
export interface Bill {
  /** Takes fractions of tokens. */
  add(charge: Charge, kind: TokenKind, tokens: number): void;
  /** Femto-dollars outside a batch; fractions of tokens are rounded, one sum at a time. A kind without a price adds nothing. */
  total(): Femto;
}

/** Starts an empty bill. */
export function createBill(): Bill {
  const sums = new Map<Rates, { readonly us: Map<TokenKind, number>; readonly elsewhere: Map<TokenKind, number> }>();

  return {
    add({ rates, us }, kind, tokens) {
      let sum = sums.get(rates);
      if (sum === undefined) {
        sum = { us: new Map(), elsewhere: new Map() };
        sums.set(rates, sum);
      }
      const byKind = us ? sum.us : sum.elsewhere;
      byKind.set(kind, (byKind.get(kind) ?? 0) + tokens);
    },

    total() {
      let total = 0n;
      for (const [rates, { us, elsewhere }] of sums) {
        // Rates are multiples of 1,000 femto, so that a tenth and a half of them are whole.
        total += (costOf(us, rates) * 11n) / 10n + costOf(elsewhere, rates);
      }
      return total;
    },
  };
}

function costOf(tokens: ReadonlyMap<TokenKind, number>, rates: Rates): Femto {
  return tokenKinds.reduce((sum, kind) => {
    return sum + BigInt(Math.round(tokens.get(kind) ?? 0)) * (rates[kind] ?? 0n);
  }, 0n);
}
