import type { Femto } from '../text/money.ts';
import type { PrefixSaving } from './saving.ts';
import type { Sums } from './sums.ts';

/** The same requests sent four ways, each with the likely tokens. */
export interface Calculator {
  /**
   * What `cached` stands for: perfect use of the cache marks that stand in the requests; of the beginnings that repeat,
   * where no mark stands; or nothing, where there is neither.
   */
  readonly caching: 'marks' | 'prefixes' | 'none';
  /** One by one. */
  readonly standard: { readonly uncached: Femto; readonly cached: Femto };
  readonly batch: { readonly uncached: Femto; readonly cached: Femto };
}

/** `output` outside a batch and `searches`, both at their likely point. */
export function calculate({
  sums: { prompts, isMarked },
  prefixes,
  output,
  searches,
}: {
  readonly sums: Sums;
  readonly prefixes: readonly PrefixSaving[];
  readonly output: Femto;
  readonly searches: Femto;
}): Calculator {
  const uncached = prompts.pointUncached.total();
  const saving = prefixes.reduce((sum, prefix) => sum + (prefix.saving?.standard ?? 0n), 0n);
  const caching = isMarked ? 'marks' : saving > 0n ? 'prefixes' : 'none';
  const cached = caching === 'marks' ? prompts.pointWarm.total() : uncached - saving;
  return {
    caching,
    standard: { uncached: uncached + output + searches, cached: cached + output + searches },
    batch: { uncached: (uncached + output) / 2n + searches, cached: (cached + output) / 2n + searches },
  };
}
