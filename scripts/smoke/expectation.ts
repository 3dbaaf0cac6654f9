/** Something that was looked at. */
export interface Expectation {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  /** Whether the action would go wrong where the two differ; it copes with everything else. */
  readonly isRelied: boolean;
}

export function relied(what: string, expected: unknown, found: unknown): Expectation {
  return { what, expected: String(expected), found: String(found), isRelied: true };
}

export function told(what: string, expected: unknown, found: unknown): Expectation {
  return { what, expected: String(expected), found: String(found), isRelied: false };
}

export function isMet({ expected, found }: Expectation): boolean {
  return expected === found;
}
