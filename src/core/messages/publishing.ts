import { countOf, formatCount, formatDuration } from '../text/numbers.ts';
import { ESTIMATE, type Range } from './estimate.ts';
import { type FailedStep, type NextStep, printFailedStep, printNextStep } from './failures.ts';
import {
  atCost,
  type Note,
  type Notice,
  type PrintedAmounts,
  printNote,
  printNotice,
  printUsd,
  REPORT,
} from './report.ts';

/** Log lines and warnings on files, artifacts, outputs and deletion, the last lines of the log, and the annotations that end a run. */
export const PUBLISHING = {
  'no-artifact-service': ({ folder }: { readonly folder: string }) =>
    `This server has no artifact service: the results are in ${folder}.`,
  'collected-not-recorded': ({ reason }: { readonly reason: string }) =>
    `Could not record that these results were collected: ${reason}.`,
  'page-not-written': ({ folder, reason }: { readonly folder: string; readonly reason: string }) =>
    `Could not write the page to ${folder}: ${reason}.`,
  'page-not-uploaded': ({ path, reason }: { readonly path: string; readonly reason: string }) =>
    `Could not upload the page: ${reason}. It is in ${path} on the runner.`,
  'batch-deleted': ({ id }: { readonly id: string }) => `Deleted batch ${id} and its results at the API.`,
  'deletion-failed': ({ reason }: { readonly reason: string }) => `Could not delete the batch at the API: ${reason}.`,
  'batch-notice': ({ notice }: { readonly notice: Notice }) => printNotice(notice),
  'job-summary-not-written': ({ reason }: { readonly reason: string }) => `Could not write the job summary: ${reason}.`,

  'requests-answered': ({
    tookMs,
    ...figures
  }: Parameters<typeof REPORT.answered>[0] & { readonly tookMs: number | null }) =>
    `${REPORT.answered(figures)}.${tookMs === null ? '' : ` The batch took ${formatDuration(tookMs)}.`}`,
  'requests-failed': ({ count, kind }: { readonly count: number; readonly kind: string }) =>
    `${formatCount(count)} × ${kind}`,
  'answers-incomplete': ({ count, reason }: { readonly count: number; readonly reason: string }) =>
    `${formatCount(count)} answered, but stopped by ${reason}`,
  'model-answered': ({
    model,
    answers,
    ...cost
  }: PrintedAmounts & { readonly model: string; readonly answers: number }) =>
    `${model}: ${countOf(answers, 'answer')} ${atCost(cost)}`,
  'round-answered': ({
    round,
    answered,
    requests,
    usd,
    lower_bound,
  }: Pick<PrintedAmounts, 'usd' | 'lower_bound'> & {
    readonly round: number;
    readonly answered: number;
    readonly requests: number;
  }) =>
    `${round === 0 ? 'First round' : `Retry ${round}`}: ${formatCount(answered)} of ${countOf(requests, 'request')} answered${usd === null ? '' : ` for ${printUsd(usd, lower_bound)}`}`,
  'no-results-yet': (facts: Parameters<(typeof REPORT)['no-results-yet']>[0]) => REPORT['no-results-yet'](facts),
  'dry-run-ended': (facts: {
    readonly requests: number;
    readonly batch: Range<string> | null;
    readonly unpriced: number;
  }) => `${ESTIMATE['would-cost'](facts)} ${REPORT['nothing-submitted']()}`,
  'report-note': ({ note }: { readonly note: Note }) => printNote(note),

  'step-failed': (step: FailedStep) => printFailedStep(step),
  'step-broken': ({ reason }: { readonly reason: string }) =>
    `The step failed unexpectedly: ${reason}. Nothing was sent.`,
  'still-running': ({ count, next }: { readonly count: number; readonly next: NextStep }) =>
    `${count === 1 ? 'The batch is still running.' : `Not all of the ${count} batches have ended.`} ${printNextStep(next)}`,
  'run-skipped': ({ why }: { readonly why: 'fork' | 'dependabot' }) =>
    why === 'fork'
      ? 'Skipped: a pull request from a fork gets no secrets, so there is no API key. A maintainer can run this from a branch of the repository.'
      : 'Skipped: a run for Dependabot gets no Actions secrets, so there is no API key. Add the key to the Dependabot secrets to run this.',
  'no-requests-found': ({ patterns }: { readonly patterns: readonly string[] }) =>
    `No requests found by ${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}; nothing was sent.`,
  'more-problems': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'problem')}; the log lists all ${formatCount(total)}. Nothing was sent.`,
  'more-warnings': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'warning')}; the log lists all ${formatCount(total)}.`,
  'all-problems': ({ total }: { readonly total: number }) => `All ${countOf(total, 'problem')}`,
  'all-warnings': ({ total }: { readonly total: number }) => `All ${countOf(total, 'warning')}`,
};

interface MoreKinds {
  /** What the annotations leave out: so many places of so many kinds. */
  readonly rest: { readonly places: number; readonly kinds: number };
  readonly total: number;
}

function countMore({ places, kinds }: MoreKinds['rest'], noun: string): string {
  return `${countOf(places, `more ${noun}`)} of ${countOf(kinds, 'other kind')}`;
}
