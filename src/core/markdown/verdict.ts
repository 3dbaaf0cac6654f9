import { REPORT, VERDICTS } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
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
    return renderAlert(severityOf(summary), sentence === undefined ? head : `${head} ${sentence}`);
  const failed = `${head} ${escapeMarkdown(summary.failure)}`;
  return renderAlert('bad', ...(sentence === undefined ? [failed] : [failed, sentence]));
}

/** `good` green, `doubtful` yellow, `bad` red, `neutral` blue. */
export type Severity = 'good' | 'doubtful' | 'bad' | 'neutral';

/** What a reviewer has to know first: whether all is well, something wants a look, or the step failed. */
export function severityOf(summary: Summary): Severity {
  const { status, failure, incomplete, cost, failures, notices } = summary;
  if (failure !== null) return 'bad';
  if (status === 'pending') return 'doubtful';
  if (status !== 'completed') return 'neutral';
  const isCut = Object.values(incomplete ?? {}).some((count) => count > 0);
  const isDoubled = notices.some(({ kind }) => kind === 'doubled');
  return isCut || isDoubled || cost.unpriced > 0 || failures.length > 0 ? 'doubtful' : 'good';
}

const ALERTS: Readonly<Record<Severity, string>> = {
  good: 'TIP',
  doubtful: 'WARNING',
  bad: 'CAUTION',
  neutral: 'NOTE',
};

/** An alert box of GitHub around paragraphs of one line each. */
export function renderAlert(severity: Severity, ...paragraphs: readonly string[]): string {
  return `> [!${ALERTS[severity]}]\n> ${paragraphs.join('\n>\n> ')}`;
}

/** How the run ended, failures included. */
export function endingOf({ status, failure }: Pick<Summary, 'status' | 'failure'>): keyof typeof VERDICTS {
  if (failure === null) return status;
  if (status === 'completed') return 'failed';
  return status === 'pending' || status === 'dry-run' ? `failed-${status}` : status;
}

/** The verdict as the end of a sentence about the name. */
export function verdictOf(summary: Pick<Summary, 'status' | 'failure'>): string {
  return VERDICTS[endingOf(summary)];
}

/** What there is to show of results, of waiting or of an estimate, as plain words; undefined where there is none of them. */
export function whatThereIs(summary: Summary): string | undefined {
  const { status, requests, batches, timings, cost } = summary;
  switch (status) {
    case 'completed':
    case 'canceled':
      return `${REPORT.answered({ answered: requests.succeeded ?? 0, total: requests.total ?? 0, ...cost })}.`;
    case 'pending':
      return REPORT['no-results-yet']({
        batches: batches.length,
        requests: requests.total,
        waitedMs: timings.waited_ms,
      });
    case 'dry-run':
      return `${renderWouldCost(summary)} ${REPORT['nothing-submitted']()}`;
    default:
      return undefined;
  }
}

function whatCameOut(summary: Summary): string | undefined {
  switch (summary.status) {
    case 'empty':
      return REPORT['none-found']({ patterns: summary.patterns.map((pattern) => codeCell(pattern)) });
    case 'skipped':
      return REPORT[summary.skipped_because === 'dependabot' ? 'skipped-dependabot' : 'skipped-fork']();
    default:
      return whatThereIs(summary);
  }
}
