import { groupThousands } from './numbers.ts';

/**
 * Exact dollars: whole femto-dollars (10⁻¹⁵ USD) in a bigint. A price with six decimals per million tokens is a whole number of 10⁻¹² USD
 * per token; halved for a batch and raised by a tenth for a region, it is still whole in 10⁻¹⁵.
 */
export type Femto = bigint;

/** Femto-dollars of a millionth of a dollar. */
export const FEMTO_PER_MICRO = 1_000_000_000n;
const FEMTO_PER_PICO = 1_000n;

/** The larger of two amounts; `Math.max` does not accept bigints. */
export function larger(one: Femto, other: Femto): Femto {
  if (one > other) return one;
  return other;
}

/** Six decimals, rounded half up (away from zero), as every output and report prints them: `0.000583`. */
export function formatUsd(amount: Femto): string {
  return formatMicro(roundToMicro(amount));
}

/** The amount in whole millionths of a dollar, rounded half up. */
export function roundToMicro(amount: Femto): bigint {
  const size = amount < 0n ? -amount : amount;
  const rounded = (size + FEMTO_PER_MICRO / 2n) / FEMTO_PER_MICRO;
  return amount < 0n ? -rounded : rounded;
}

/** Whole millionths of a dollar as a decimal string with six decimals. */
export function formatMicro(micro: bigint): string {
  const size = (micro < 0n ? -micro : micro).toString().padStart(7, '0');
  return `${micro < 0n ? '-' : ''}${size.slice(0, -6)}.${size.slice(-6)}`;
}

/**
 * An amount with six decimals for prose: to the cent, or below one cent to two significant digits: `1,234.50`, `0.57`, `0.0041`, `0.006`.
 * Rounded half up; an upper bound is rounded `up`, so that it remains one.
 */
export function shortenUsd(usd: string, round: 'half-up' | 'up' = 'half-up'): string {
  const sign = usd.startsWith('-') ? '-' : '';
  const digits = usd.slice(sign.length).replace('.', '');
  const unit = unitOf(BigInt(digits));
  const micro = ((BigInt(digits) + (round === 'up' ? unit - 1n : unit / 2n)) / unit) * unit;
  const [whole = '', decimals = ''] = formatMicro(micro).split('.');
  const shown = decimals.replace(/0{1,4}$/, '');
  return `${sign}${groupThousands(whole)}.${shown}`;
}

/** The last digit shown, in millionths of a dollar. */
function unitOf(micro: bigint): bigint {
  if (micro >= 10_000n) return 10_000n;
  return micro >= 1_000n ? 100n : micro >= 100n ? 10n : 1n;
}

/** Parses an amount as printed by `formatUsd`, up to 999,999,999,999 dollars; undefined for any other text. */
export function parseUsd(text: string): Femto | undefined {
  return /^\d{1,12}\.\d{6}$/.test(text) ? BigInt(text.replace('.', '')) * FEMTO_PER_MICRO : undefined;
}

/**
 * A price in USD per million tokens, as femto-dollars per token: `'6.25'` is 6,250,000,000. Accepts plain decimals with at most six
 * places (`5`, `0.25`), which makes every price a multiple of 1,000; undefined for any other text.
 */
export function parseUsdPerMillion(text: string): Femto | undefined {
  const [, whole, decimals] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return BigInt(whole + (decimals ?? '').padEnd(6, '0')) * FEMTO_PER_PICO;
}
