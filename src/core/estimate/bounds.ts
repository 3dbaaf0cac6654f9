import type { Femto } from '../text/money.ts';

/** A likely range, its most likely point, and an upper bound; `upper` is undefined if there is no such bound. */
export interface Bounds<Amount> {
  readonly low: Amount;
  readonly point: Amount;
  readonly high: Amount;
  readonly upper: Amount | undefined;
}

/** The same, always with an upper bound. Tokens are fractional until they are summed. */
export type Sizes<Amount = number> = Record<keyof Bounds<Amount>, Amount>;

export const sizes = ['low', 'point', 'high', 'upper'] as const;

export function sizesOf<Amount>(make: (size: keyof Sizes) => Amount): Sizes<Amount> {
  return { low: make('low'), point: make('point'), high: make('high'), upper: make('upper') };
}

export function add(a: Sizes<Femto>, b: Sizes<Femto>): Sizes<Femto> {
  return sizesOf((size) => a[size] + b[size]);
}

export function halve(amounts: Sizes<Femto>): Sizes<Femto> {
  return sizesOf((size) => amounts[size] / 2n);
}

export function least(a: Femto, b: Femto): Femto {
  return a < b ? a : b;
}

export function most(a: Femto, b: Femto): Femto {
  return a > b ? a : b;
}
