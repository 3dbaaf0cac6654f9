import type { PageCase } from '../src/core/page/case.ts';

/** What a case cost, in words; undefined where nothing was answered, which costs nothing. */
export function costText({ usd, outcome }: Pick<PageCase, 'usd' | 'outcome'>): string | undefined {
  if (usd !== null) return `$${usd}`;
  return outcome === 'succeeded' ? 'unknown' : undefined;
}
