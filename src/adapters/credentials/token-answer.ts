/** Whether a token has the form of one, so that it fits into a header: some visible characters of ASCII. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]+$/.test(value);
}

/** Whether another try brings the same answer. */
export function isFinal(status: number): boolean {
  return status >= 300 && status < 500 && ![408, 409, 429].includes(status);
}
