import { type Rates, tokenKinds } from '../cost/rates.ts';
import type { Femto } from '../text/money.ts';

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

/**
 * From here tokens are added as whole big numbers: with an absurd `max_tokens` a sum of plain ones passes 2^53, where it would drop
 * what is added. Two million smaller ones stay below.
 */
const large = 2 ** 32;

interface Sum {
  small: number;
  large: bigint;
}

/** Starts an empty bill. */
export function createBill(): Bill {
  const sums = new Map<Rates, { readonly us: Map<TokenKind, Sum>; readonly elsewhere: Map<TokenKind, Sum> }>();

  return {
    add({ rates, us }, kind, tokens) {
      let sum = sums.get(rates);
      if (sum === undefined) {
        sum = { us: new Map(), elsewhere: new Map() };
        sums.set(rates, sum);
      }
      const byKind = us ? sum.us : sum.elsewhere;
      let added = byKind.get(kind);
      if (added === undefined) {
        added = { small: 0, large: 0n };
        byKind.set(kind, added);
      }
      if (tokens < large) added.small += tokens;
      else added.large += BigInt(Math.ceil(tokens));
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

function costOf(tokens: ReadonlyMap<TokenKind, Sum>, rates: Rates): Femto {
  return tokenKinds.reduce((cost, kind) => {
    const { small, large } = tokens.get(kind) ?? { small: 0, large: 0n };
    return cost + (BigInt(Math.round(small)) + large) * (rates[kind] ?? 0n);
  }, 0n);
}
