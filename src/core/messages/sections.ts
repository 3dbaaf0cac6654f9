import { countOf, formatCount } from '../text/numbers.ts';

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
  'open-page': () => 'Open the page',
  artifact: () => 'Artifact',
  run: ({ runId }: { readonly runId: number }) => `Run ${runId}`,
  'more-rows': ({ count }: { readonly count: number }) => `And ${formatCount(count)} more: see the runs.`,
};
