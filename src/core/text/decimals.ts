/** A decimal text with one decimal, rounded half up: `87.7` for `87.65`, never `-0.0`. */
export function toOneDecimal(decimal: string): string {
  const isNegative = decimal.startsWith('-');
  const tenths = Math.round(Number((Number(decimal.slice(isNegative ? 1 : 0)) * 10).toFixed(4)));
  return `${isNegative && tenths > 0 ? '-' : ''}${Math.floor(tenths / 10)}.${tenths % 10}`;
}
