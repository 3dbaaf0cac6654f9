import { type Message, printMessage } from '../messages/message.ts';
import { REPORT, VERDICTS } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
import { codeCell, escapeMarkdown } from './escape.ts';

/**
 * How the run ended, in an alert box whose colour shows the severity: one line, and a second one with the numbers if it
 * failed.
 */
export function renderVerdict(summary: Summary): string {
  const sentence = whatCameOut(summary);
  const details = sentence === undefined ? [] : [sentence];
  const head = `**${codeCell(summary.run.name)} ${verdictOf(summary)}.**`;
  if (summary.failure === null) return renderAlert(severityOf(summary), [head, ...details].join(' '));
  return renderAlert('bad', `${head} ${escapeMarkdown(summary.failure)}`, ...details);
}

/** `good` green, `doubtful` yellow, `bad` red, `neutral` blue. */
export type Severity = 'good' | 'doubtful' | 'bad' | 'neutral';

/** What a reviewer must know first: all is well, something needs a look, or the step failed. */
export function severityOf(summary: Summary): Severity {
  const { status, failure, incomplete, cost, failures, notices } = summary;
  if (failure !== null) return 'bad';
  if (status === 'pending') return 'doubtful';
  if (status !== 'completed') return 'neutral';
  const isCut = Object.values(incomplete ?? {}).some((count) => count > 0);
  const isPaidTwice = notices.some(({ kind }) => kind === 'duplicate-submission');
  return isCut || isPaidTwice || cost.unpriced > 0 || failures.length > 0 ? 'doubtful' : 'good';
}

const ALERTS = { good: 'TIP', doubtful: 'WARNING', bad: 'CAUTION', neutral: 'NOTE' } as const;

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

/** Numbers of the results, of the waiting or of the estimate; undefined without any. */
export function headlineOf(summary: Summary, tookMs: number | null = null): Message | undefined {
  const { status, requests, batches, timings, cost, estimate } = summary;
  switch (status) {
    case 'completed':
    case 'canceled': {
      const { usd, saved_usd, lower_bound } = cost;
      const [answered, total] = [requests.succeeded ?? 0, requests.total ?? 0];
      return { code: 'requests-answered', answered, total, usd, saved_usd, lower_bound, tookMs };
    }
    case 'pending':
      return { code: 'no-results-yet', batches: batches.length, requests: requests.total, waitedMs: timings.waited_ms };
    case 'dry-run': {
      const { batch = null, unpriced = 0 } = estimate ?? {};
      return { code: 'dry-run-ended', requests: requests.total ?? 0, batch, unpriced };
    }
    default:
      return undefined;
  }
}

export function whatThereIs(summary: Summary): string | undefined {
  const headline = headlineOf(summary);
  return headline && printMessage(headline);
}

function whatCameOut(summary: Summary): string | undefined {
  if (summary.status === 'empty')
    return REPORT['none-found']({ patterns: summary.patterns.map((one) => codeCell(one)) });
  if (summary.status !== 'skipped') return whatThereIs(summary);
  return REPORT[summary.skipped_because === 'dependabot' ? 'skipped-dependabot' : 'skipped-fork']();
}
