import { countOf, formatCount } from '../text/numbers.ts';

/** From the least to the most that is likely, and the figure to reckon with. Amounts are USD with six decimals. */
export interface Range<T> {
  readonly low: T;
  readonly likely: T;
  readonly high: T;
  /** No run goes over this; null where there is no such bound, as with server tools or without a known price. */
  readonly upper: T | null;
}

interface Counting {
  basis: 'counted' | 'sampled' | 'rule' | 'mixed';
  counted: number;
  requests: number;
}

/** Words of the estimate, plain. */
export const ESTIMATE = {
  'in-short': ({ batch, unpriced }: { batch: Range<string> | null; unpriced: number }) =>
    batch === null
      ? 'unknown'
      : `${unpriced === 0 ? '' : 'at least '}$${batch.likely}${batch.upper === null ? '' : `, at most $${batch.upper}`}`,
  'estimated-before': ({ cost }: { cost: string }) => `Estimated before submission: ${cost}.`,
  range: ({ low, high }: { low: string; high: string }) => `$${low} to $${high}`,
  'in-batch': (range: Range<string>) => `In a batch: ${describeRange(range)}`,
  'one-by-one': (range: Range<string>) => `One by one: ${describeRange(range)}`,
  input: ({ tokens: { low, high }, ...how }: Counting & { tokens: Range<number> }) => {
    const tokens = low === high ? countOf(low, 'token') : `${formatCount(low)} to ${countOf(high, 'token')}`;
    return `Input: ${tokens}, ${describeBasis(how)}.`;
  },
  /** Without an upper end `high` is no limit: answers that use tools have more than one part. */
  output: ({ likely, high, upper }: Range<number>) => {
    if (high === 0) return 'Output: none, since no request has a max_tokens of 1 or more.';
    const most =
      upper === null ? `likely up to ${formatCount(high)}` : `at most the ${formatCount(upper)} that max_tokens allows`;
    return `Output: about ${countOf(likely, 'token')}, ${most}; how long answers will be is not known in advance.`;
  },
  unpriced: ({ count, models }: { count: number; models: readonly string[] }) =>
    `${countOf(count, 'request')} without a known price (${models.join(', ')}) ${count === 1 ? 'is' : 'are'} not in the amounts: the cost is at least that much, and there is no upper bound.`,
  unbounded: ({ count, by }: { count: number; by: readonly ('server-tools' | 'compaction')[] }) => {
    const names = { 'server-tools': 'tools at the API', compaction: 'compaction' };
    return `${countOf(count, 'request')} may use ${by.map((cause) => names[cause]).join(' or ')}, which adds tokens that cannot be counted in advance: there is no upper bound.`;
  },
  'more-names': ({ count }: { count: number }) => `${count} more`,
};

/** What "Caching on" stands for. */
export const CACHING_ON = {
  marks: 'Caching on, as marked',
  prefixes: 'Caching on, if repeated prefixes were marked',
  none: 'Caching on (nothing to cache)',
} as const;

/** Why the likely amount of the estimate is in none of the cells. */
export const CACHING_NOTES = {
  marks:
    '"Caching on" counts every later request as a hit. The likely amount is halfway from there to no hit at all, where each request pays for its cache writes, which cost more than "Caching off".',
  prefixes:
    '"Caching on" counts every later request as a hit. The requests have no such marks yet, so the likely amount is that of "Caching off".',
  none: undefined,
} as const;

export const ESTIMATE_LABELS = {
  about: 'About',
  'caching-off': 'Caching off',
  'in-batch': 'In a batch',
  'likely-cost': 'Likely cost',
  'likely-range': 'Likely range',
  none: 'none',
  'one-by-one': 'One by one',
  'same-without-batch': 'The same without a batch',
  unknown: 'unknown',
  'upper-bound': 'Upper bound',
} as const;

function describeRange({ low, likely, high, upper }: Range<string>): string {
  return `likely $${low} to $${high}, about $${likely}${upper === null ? '' : `, at most $${upper}`}`;
}

function describeBasis({ basis, counted, requests }: Counting): string {
  const sample = `from the API's count of ${formatCount(counted)} of ${countOf(requests, 'prompt')}`;
  return {
    counted: 'counted by the API',
    sampled: sample,
    mixed: `${sample}, and by a cautious rule for models without a counted prompt`,
    rule: 'by a cautious rule from the length of the prompts, since none was counted',
  }[basis];
}
