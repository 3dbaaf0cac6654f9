/** A decimal text rounded to one decimal for people, half away from zero: `87.7` for `87.65`, never `-0.0`. */
export function toOneDecimal(decimal: string): string {
  return roundDecimal(decimal, 1);
}

/** The same with two decimals, for programs. */
export function toTwoDecimals(decimal: string): string {
  return roundDecimal(decimal, 2);
}

/** `decimal` is digits with or without a point. Rounding a value that was already rounded to nearly as few decimals gives wrong results. */
function roundDecimal(decimal: string, decimals: number): string {
  const isNegative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.slice(isNegative ? 1 : 0).split('.');
  const digits = fraction.padEnd(decimals + 1, '0');
  const unit = 10n ** BigInt(digits.length - decimals);
  const rounded = (BigInt(whole + digits) + unit / 2n) / unit;
  const text = rounded.toString().padStart(decimals + 1, '0');
  return `${isNegative && rounded > 0n ? '-' : ''}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
