import { countOf, formatCount } from '../text/numbers.ts';
import { sayAbout, sayUsd } from './headlines.ts';

/** What became of a section's run, for the table and for its line. */
export const VERDICTS = {
  waiting: 'waiting',
  completed: 'completed',
  failed: 'failed',
  pending: 'pending',
  'failed-pending': 'failed, batch still pending',
  canceled: 'canceled',
  'dry-run': 'dry run',
  'failed-dry-run': 'dry run failed',
  rejected: 'rejected',
  empty: 'nothing to do',
  skipped: 'skipped',
  /** By what the grades say. */
  passed: 'passed',
  'verdict-failed': 'failed',
  inconclusive: 'may be chance',
  'not-compared': 'not compared',
  /** A verdict that this version does not know. */
  ended: 'ended',
} as const;

export type Verdict = keyof typeof VERDICTS;

/** What the comment says about its own sections, as plain words. */
export const SECTIONS = {
  'older-commit': ({ sha }: { readonly sha: string }) => `From the older commit ${sha.slice(0, 7)}:`,
  'of-older-commit': () => '(older commit)',
  step: () => 'step',
  'answered-of': ({ answered, total }: { readonly answered: string; readonly total: string }) =>
    `${answered} of ${total}`,
  'reports-too-long': ({ count }: { readonly count: number }) =>
    `${countOf(count, 'report')} did not fit here. The links have the details:`,
  'rows-only': () => 'The reports did not fit here. Each run has its own in the job summary or the log.',
  cost: ({ usd, isLowerBound, isLikely }: { usd: string | null; isLowerBound: boolean; isLikely: boolean }) =>
    isLikely ? (usd === null ? '' : sayAbout(usd, isLowerBound)) : sayUsd(usd, isLowerBound),
  reports: ({ count, isAll }: { readonly count: number; readonly isAll: boolean }) =>
    isAll ? `All ${formatCount(count)} reports` : countOf(count, 'other report'),
  'failed-reports': ({ count }: { readonly count: number }) => `${countOf(count, 'report')} on failures`,
  /** Rows that need no look. */
  'folded-rows': ({ open, good }: { readonly open: number; readonly good: number }) =>
    [
      ...(open === 0 ? [] : [`${formatCount(open)} still running`]),
      ...(good === 0 ? [] : [`${formatCount(good)} completed`]),
    ].join(', '),
  'total-cost': ({ usd, isLowerBound }: { readonly usd: string; readonly isLowerBound: boolean }) =>
    `${sayUsd(usd, isLowerBound)} in all`,
  'see-answers': () => 'See the answers',
  answers: () => 'Answers',
  broken: ({ count }: { readonly count: number }) => `${formatCount(count)} broken`,
  /** Titles of columns. */
  'pass-rate': () => 'Pass rate',
  /** `baseline` is empty where the rows have several. */
  against: ({ baseline }: { readonly baseline: string }) => `Against ${baseline === '' ? 'baseline' : baseline}`,
  failing: ({ count }: { readonly count: number }) => `${formatCount(count)} failing`,
  download: () => 'Download',
  run: () => 'Run',
  'more-rows': ({ count }: { readonly count: number }) => `And ${formatCount(count)} more: see the runs.`,
  /** How several ended, for the heading above their table. */
  'all-completed': ({ total }: { readonly total: number }) => `all ${formatCount(total)} completed`,
  'some-completed': (counts: {
    readonly total: number;
    readonly bad: number;
    readonly doubtful: number;
    readonly open: number;
  }) => {
    const { total, bad, doubtful, open } = counts;
    const parts = [
      [bad, 'failed'] as const,
      [doubtful, doubtful === 1 ? 'needs a look' : 'need a look'] as const,
      [open, 'still running'] as const,
    ];
    const some = parts.filter(([count]) => count > 0);
    return some
      .map(([count, words], index) => `${formatCount(count)}${index === 0 ? ` of ${formatCount(total)}` : ''} ${words}`)
      .join(', ');
  },
};

export const SECTION_LABELS = { result: 'Result', name: 'Name', answered: 'Answered', cost: 'Cost' } as const;
