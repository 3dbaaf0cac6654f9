import { formatDuration } from '../text/duration.ts';
import { countOf, formatCount } from '../text/numbers.ts';
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
  'no-artifact-service': ({ folder }: { folder: string }) =>
    `This server has no artifact service: the results are in ${folder}.`,
  'collected-not-recorded': ({ reason }: { reason: string }) =>
    `Could not record that these results were collected: ${reason}.`,
  'page-not-written': ({ folder, reason }: { folder: string; reason: string }) =>
    `Could not write the page to ${folder}: ${reason}.`,
  'page-not-uploaded': ({ path, reason }: { path: string; reason: string }) =>
    `Could not upload the page: ${reason}. It is in ${path} on the runner.`,
  'batch-deleted': ({ id }: { id: string }) => `Deleted batch ${id} and its results at the API.`,
  'deletion-failed': ({ reason }: { reason: string }) => `Could not delete the batch at the API: ${reason}.`,
  'batch-notice': ({ notice }: { notice: Notice }) => printNotice(notice),
  'job-summary-not-written': ({ reason }: { reason: string }) => `Could not write the job summary: ${reason}.`,

  'requests-answered': ({ tookMs, ...figures }: Parameters<typeof REPORT.answered>[0] & { tookMs: number | null }) =>
    `${REPORT.answered(figures)}.${tookMs === null ? '' : ` The batch took ${formatDuration(tookMs)}.`}`,
  'requests-failed': ({ count, kind }: { count: number; kind: string }) => `${formatCount(count)} × ${kind}`,
  'answers-incomplete': ({ count, reason }: { count: number; reason: string }) =>
    `${formatCount(count)} answered, but stopped by ${reason}`,
  'model-answered': ({ model, answers, ...cost }: PrintedAmounts & { model: string; answers: number }) =>
    `${model}: ${countOf(answers, 'answer')} ${atCost(cost)}`,
  'round-answered': ({
    round,
    answered,
    requests,
    usd,
    lower_bound,
  }: Pick<PrintedAmounts, 'usd' | 'lower_bound'> & { round: number; answered: number; requests: number }) =>
    `${round === 0 ? 'First round' : `Retry ${round}`}: ${formatCount(answered)} of ${countOf(requests, 'request')} answered${usd === null ? '' : ` for ${printUsd(usd, lower_bound)}`}`,
  'no-results-yet': (facts: Parameters<(typeof REPORT)['no-results-yet']>[0]) => REPORT['no-results-yet'](facts),
  'dry-run-ended': (facts: { requests: number; batch: Range<string> | null; unpriced: number }) =>
    `${ESTIMATE['would-cost'](facts)} ${REPORT['nothing-submitted']()}`,
  'report-note': ({ note }: { note: Note }) => printNote(note),

  'step-failed': (step: FailedStep) => printFailedStep(step),
  'step-broken': ({ reason }: { reason: string }) => `The step failed unexpectedly: ${reason}. Nothing was sent.`,
  'still-running': ({ count, next }: { count: number; next: NextStep }) =>
    `${count === 1 ? 'The batch is still running.' : `Not all of the ${count} batches have ended.`} ${printNextStep(next)}`,
  'run-skipped': ({ why }: { why: 'fork' | 'dependabot' }) =>
    why === 'fork'
      ? 'Skipped: a pull request from a fork gets no secrets, so there is no API key. A maintainer can run this from a branch of the repository.'
      : 'Skipped: a run for Dependabot gets no Actions secrets, so there is no API key. Add the key to the Dependabot secrets to run this.',
  'no-requests-found': ({ patterns }: { patterns: readonly string[] }) =>
    `No requests found by ${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}; nothing was sent.`,
  'more-problems': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'problem')}; the log lists all ${formatCount(total)}. Nothing was sent.`,
  'more-warnings': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'warning')}; the log lists all ${formatCount(total)}.`,
  'all-problems': ({ total }: { total: number }) => `All ${countOf(total, 'problem')}`,
  'all-warnings': ({ total }: { total: number }) => `All ${countOf(total, 'warning')}`,
};

interface MoreKinds {
  /** What the annotations leave out: so many places of so many kinds. */
  rest: { places: number; kinds: number };
  total: number;
}

function countMore({ places, kinds }: MoreKinds['rest'], noun: string): string {
  return `${countOf(places, `more ${noun}`)} of ${countOf(kinds, 'other kind')}`;
}
