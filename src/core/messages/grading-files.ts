import { countOf, formatCount } from '../text/numbers.ts';

type AssertFacts = {
  readonly type: string;
  readonly metric: string | undefined;
  /** Empty where reasons are kept back. */
  readonly reason: string;
};

/** What `junit.xml`, `benchmark.json` and `benchmark-cost.json` say beside figures. */
export const GRADING_FILES = {
  assert: ({ type, metric, reason }: AssertFacts) =>
    `${type}${metric === undefined ? '' : ` (${metric})`}${reason === '' ? '' : `: ${reason}`}`,
  /** In front of what is said of one of several answers. */
  answer: ({ customId, text }: { readonly customId: string; readonly text: string }) => `${customId}: ${text}`,
  'no-answer': () => 'There is no answer.',
  failed: ({ first, count }: { readonly first: string; readonly count: number }) =>
    count > 1 ? `${first}, and ${formatCount(count - 1)} more` : first,
  'answers-pass': ({ passed, total }: { readonly passed: number; readonly total: number }) =>
    `${formatCount(passed)} of ${countOf(total, 'answer')} pass`,
  /** For a case that failed by its score alone, or whose asserts are not known. */
  'score-too-low': () => 'The score is below the threshold.',
  undecided: () => 'It could not be decided.',

  'pass-rate': () => 'Pass rate',
  'pass-counts': ({ passed, graded }: { readonly passed: number; readonly graded: number }) =>
    `${formatCount(passed)} of ${countOf(graded, 'graded case')} pass`,
  metric: ({ metric }: { readonly metric: string }) => `Metric ${metric}`,
  'metric-counts': ({ cases }: { readonly cases: number }) => `mean of ${countOf(cases, 'case')}`,
  'cost-of-run': () => 'Cost of the run',
  'cost-per-case': () => 'Cost per case',
};
