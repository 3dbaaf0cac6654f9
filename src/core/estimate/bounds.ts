import type { Femto } from '../text/money.ts';

/** A likely range, its likely point, and what is not exceeded; `upper` is undefined if no such bound can be given. */
export interface Bounds<Amount> {
  readonly low: Amount;
  readonly point: Amount;
  readonly high: Amount;
  readonly upper: Amount | undefined;
}

/** The same with an upper bound. Tokens are not whole until they are added up. */
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
