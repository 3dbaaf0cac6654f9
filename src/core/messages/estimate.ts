import { countOf, formatCount } from '../text/numbers.ts';

/** The likely range and the most likely figure. Amounts are USD with six decimals. */
export interface Range<T> {
  readonly low: T;
  readonly likely: T;
  readonly high: T;
  /** No run exceeds this; null if there is no such bound, as with server tools or without a known price. */
  readonly upper: T | null;
}

interface Counting {
  basis: 'counted' | 'sampled' | 'rule' | 'mixed';
  counted: number;
  requests: number;
}

/** Words of the estimate, plain. */
export const ESTIMATE = {
  range: ({ low, high }: { low: string; high: string }) => `$${low} to $${high}`,
  'in-batch': (range: Range<string>) => `In a batch: ${describeRange(range)}`,
  'one-by-one': (range: Range<string>) => `One by one: ${describeRange(range)}`,
  input: ({ tokens: { low, high }, ...how }: Counting & { tokens: Range<number> }) => {
    const tokens = low === high ? countOf(low, 'token') : `${formatCount(low)} to ${countOf(high, 'token')}`;
    return `Input: ${tokens}, ${describeBasis(how)}.`;
  },
  /** Without `upper`, `high` is not a limit: answers that use tools have more than one part. */
  output: ({ likely, high, upper }: Range<number>) => {
    if (high === 0) return 'Output: none, because no request has a max_tokens of 1 or more.';
    const most =
      upper === null ? `likely up to ${formatCount(high)}` : `at most the ${formatCount(upper)} that max_tokens allows`;
    return `Output: about ${countOf(likely, 'token')}, ${most}; the length of answers is not known in advance.`;
  },
  judging: ({ judgements, batch }: { judgements: number; batch: Range<string> | null }) =>
    batch === null
      ? `The amounts exclude ${countOf(judgements, 'judgement')} (llm-rubric), because the judge model has no known price.`
      : `The amounts include ${countOf(judgements, 'judgement')} (llm-rubric), ${describeRange(batch)}.`,
  reuse: ({ requests, usd }: { requests: number; usd: string }) =>
    `${countOf(requests, 'request')} ${requests === 1 ? 'takes an earlier answer' : 'take earlier answers'}, which saves about $${usd}. All other figures leave ${requests === 1 ? 'it' : 'them'} out.`,
  unpriced: ({ count, models }: { count: number; models: readonly string[] }) =>
    `The amounts exclude ${countOf(count, 'request')} without a known price (${models.join(', ')}), so the cost is at least that much and has no upper bound.`,
  unbounded: ({ count, by }: { count: number; by: readonly ('server-tools' | 'compaction')[] }) => {
    const names = { 'server-tools': 'server tools', compaction: 'compaction' };
    return `${countOf(count, 'request')} may use ${by.map((cause) => names[cause]).join(' or ')}, which can add tokens that cannot be counted in advance, so there is no upper bound.`;
  },
  'more-names': ({ count }: { count: number }) => `${count} more`,
};

/** What "Caching on" means. */
export const CACHING_ON = {
  marks: 'Caching on, as marked',
  prefixes: 'Caching on, if repeated prefixes were marked',
  none: 'Caching on (nothing to cache)',
} as const;

/** Why no cell shows the likely amount of the estimate. */
export const CACHING_NOTES = {
  marks:
    '"Caching on" counts every later request as a cache hit. The likely amount is halfway between that and no hits at all. Without hits, each request pays for its cache writes, which cost more than "Caching off".',
  prefixes:
    '"Caching on" counts every later request as a cache hit. The requests are not marked for caching yet, so the likely amount is the one for "Caching off".',
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
  return `likely $${low} to $${high}, about $${likely}${upper === null ? '' : `, upper bound $${upper}`}`;
}

function describeBasis({ basis, counted, requests }: Counting): string {
  const sample = `from the API's count of ${formatCount(counted)} of ${countOf(requests, 'prompt')}`;
  return {
    counted: 'counted by the API',
    sampled: sample,
    mixed: `${sample}, and estimated cautiously for models without a counted prompt`,
    rule: 'estimated cautiously from the length of the prompts, because none was counted',
  }[basis];
}
