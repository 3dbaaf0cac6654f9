/** A decimal text with one decimal, as people read it, rounded half away from zero: `87.7` for `87.65`, never `-0.0`. */
export function toOneDecimal(decimal: string): string {
  return roundDecimal(decimal, 1);
}

/** The same with two decimals, as programs get it. */
export function toTwoDecimals(decimal: string): string {
  return roundDecimal(decimal, 2);
}

/** `decimal` is a text of digits with or without a point. What was rounded before to nearly as few decimals is rounded wrong. */
function roundDecimal(decimal: string, decimals: number): string {
  const isNegative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.slice(isNegative ? 1 : 0).split('.');
  const digits = fraction.padEnd(decimals + 1, '0');
  const unit = 10n ** BigInt(digits.length - decimals);
  const rounded = (BigInt(whole + digits) + unit / 2n) / unit;
  const text = rounded.toString().padStart(decimals + 1, '0');
  return `${isNegative && rounded > 0n ? '-' : ''}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
