import type { Femto } from '../text/money.ts';

/** The kinds of token with their own price, in the order tables print them. */
export const tokenKinds = ['input', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead', 'output'] as const;

export type TokenKind = (typeof tokenKinds)[number];

/** Token totals from `usage`. `input` is the uncached part, as in the API. */
export type Tokens = Readonly<Record<TokenKind, number>>;

/** Femto-dollars per token outside a batch, by kind; undefined if no price is known. */
export type Rates = { readonly [kind in TokenKind]?: Femto | undefined };

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
  };
}
