import type { Verdict } from '../messages/sections.ts';
import { formatMicro } from '../text/money.ts';
import type { SectionSummary } from './section.ts';

/** Endings that submit nothing and so cost nothing. */
const FREE: ReadonlySet<Verdict> = new Set(['dry-run', 'failed-dry-run', 'rejected', 'empty', 'skipped']);

/**
 * The total cost of several sections' answers, in USD with six decimals; undefined unless at least two costs are known. A lower bound if
 * one of the costs is, if another section may have cost something, or if these are not all sections.
 */
export function totalOf(
  summaries: readonly SectionSummary[],
  isPart: boolean,
): { readonly usd: string; readonly isLowerBound: boolean } | undefined {
  const known = summaries.flatMap(({ usd, answered }) =>
    usd === null || answered === null ? [] : [BigInt(usd.replace('.', ''))],
  );
  if (known.length < 2) return undefined;
  const isMore = ({ usd, answered, isLowerBound, verdict }: SectionSummary): boolean =>
    usd === null || answered === null ? !FREE.has(verdict) : isLowerBound;
  return {
    usd: formatMicro(known.reduce((sum, micro) => sum + micro, 0n)),
    isLowerBound: isPart || summaries.some(isMore),
  };
}
