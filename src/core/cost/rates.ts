import type { Femto } from '../text/money.ts';
import type { Tokens } from './tokens.ts';

/** The kinds of token that have a price of their own, in the order tables print them. */
export const tokenKinds = [
  'input',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheRead',
  'output',
] as const satisfies readonly (keyof Tokens)[];

/** Femto-dollars a token outside a batch, by kind; undefined where no price is known. */
export type Rates = Readonly<Record<keyof Tokens, Femto | undefined>>;
