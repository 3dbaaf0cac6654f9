/** Whether a value looks like a token that fits into a header: visible ASCII characters. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]+$/.test(value);
}

/** Whether another try would get the same answer. */
export function isFinal(status: number): boolean {
  return status >= 300 && status < 500 && ![408, 409, 429].includes(status);
}
