import type { Summary } from '../summary/summary.ts';
import { formatDuration } from '../text/duration.ts';
import { countOf } from '../text/numbers.ts';
import { renderAnswered } from './amounts.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderWouldCost } from './estimate-part.ts';

/**
 * How the run ended, in an alert box whose colour says it at a glance: one line, and a second one with the figures where a
 * failure comes first.
 */
export function renderVerdict(summary: Summary): string {
  const sentence = whatCameOut(summary);
  const head = `**${codeCell(summary.run.name)} ${verdictOf(summary)}.**`;
  if (summary.failure === null)
    return renderAlert(toneOf(summary), sentence === undefined ? head : `${head} ${sentence}`);
  const failed = `${head} ${escapeMarkdown(summary.failure)}`;
  return renderAlert('bad', ...(sentence === undefined ? [failed] : [failed, sentence]));
}

/** `good` green, `doubtful` yellow, `bad` red, `neutral` blue. */
export type Tone = 'good' | 'doubtful' | 'bad' | 'neutral';

/** What a reviewer has to know first: whether all is well, something wants a look, or the step failed. */
export function toneOf(summary: Summary): Tone {
  const { status, failure, incomplete, cost, failures, notices } = summary;
  if (failure !== null) return 'bad';
  if (status === 'pending') return 'doubtful';
  if (status !== 'completed') return 'neutral';
  const isCut = Object.values(incomplete ?? {}).some((count) => count > 0);
  const isDoubled = notices.some(({ kind }) => kind === 'doubled');
  return isCut || isDoubled || cost.unpriced > 0 || failures.length > 0 ? 'doubtful' : 'good';
}

const ALERTS: Readonly<Record<Tone, string>> = { good: 'TIP', doubtful: 'WARNING', bad: 'CAUTION', neutral: 'NOTE' };

/** An alert box of GitHub around paragraphs of one line each. */
export function renderAlert(tone: Tone, ...paragraphs: readonly string[]): string {
  return `> [!${ALERTS[tone]}]\n> ${paragraphs.join('\n>\n> ')}`;
}

/** The verdict as the end of a sentence about the leg. */
export function verdictOf({ status, failure }: Pick<Summary, 'status' | 'failure'>): string {
  switch (status) {
    case 'completed':
      return failure === null ? 'completed' : 'failed';
    case 'pending':
      return failure === null ? 'is pending' : 'failed while its batch is pending';
    case 'canceled':
      return 'was canceled';
    case 'dry-run':
      return failure === null ? 'is a dry run' : 'failed a dry run';
    case 'rejected':
      return 'was rejected';
    case 'failed':
      return 'failed';
    case 'empty':
      return 'had nothing to do';
    case 'skipped':
      return 'was skipped';
  }
}

/** What there is to show of results, of waiting or of an estimate, as plain words; undefined where there is none of them. */
export function whatThereIs(summary: Summary): string | undefined {
  const { status, requests, batches, timings } = summary;
  switch (status) {
    case 'completed':
    case 'canceled':
      return `${renderAnswered(summary)}.`;
    case 'pending': {
      const waited = timings.waited_ms === null ? '' : ` after ${formatDuration(timings.waited_ms)} of waiting`;
      const size = requests.total === null ? '' : ` with ${countOf(requests.total, 'request')}`;
      return `${countOf(batches.length, 'batch', 'batches')}${size}: no results yet${waited}.`;
    }
    case 'dry-run':
      return `${renderWouldCost(summary)} Nothing was submitted.`;
    default:
      return undefined;
  }
}

function whatCameOut(summary: Summary): string | undefined {
  switch (summary.status) {
    case 'empty':
      return summary.patterns.length === 0
        ? 'No request was found.'
        : `No request was found by ${summary.patterns.map((pattern) => codeCell(pattern)).join(', ')}.`;
    case 'skipped':
      return summary.skipped_because === 'dependabot' ? SKIPPED_DEPENDABOT : SKIPPED_FORK;
    default:
      return whatThereIs(summary);
  }
}

const SKIPPED_FORK =
  'This pull request comes from a fork, and runs for forks get no secrets: nothing was sent. A maintainer can run it from a branch of this repository.';
const SKIPPED_DEPENDABOT =
  'Runs for Dependabot get no secrets of Actions: nothing was sent. A key among the Dependabot secrets of this repository would let it run.';
