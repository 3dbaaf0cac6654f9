import type { Batch } from '../../ports/api.ts';
import type { RunContext } from '../inputs/context.ts';
import { ESTIMATE } from '../messages/estimate.ts';
import { printNotice, REPORT } from '../messages/report.ts';
import type { SummaryEstimate, SummaryNotice } from '../summary/summary.ts';
import { batchOf } from '../summary/summary-batch.ts';
import { renderBatches } from './batch-part.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderLinks } from './links.ts';
import type { Report } from './report.ts';
import { renderAlert } from './verdict.ts';

/** The report in the comment while the batch is at work. */
export function makeSubmittedReport(about: {
  readonly run: RunContext;
  readonly name: string;
  readonly batches: readonly Batch[];
  /** Undefined where only ids were given, before the batch says its size. */
  readonly requestCount: number | undefined;
  readonly notices: readonly SummaryNotice[];
  readonly estimate: SummaryEstimate | null;
}): Report {
  const { run, name, batches, requestCount, notices, estimate } = about;
  const parts = [
    renderAlert(
      'neutral',
      `**${codeCell(name)} ${REPORT.waiting()}.** ${REPORT['batches-running']({ batches: batches.length, requests: requestCount })}`,
    ),
    ...(estimate?.batch == null ? [] : [ESTIMATE['estimated-before']({ cost: ESTIMATE['in-short'](estimate) })]),
    ...notices.map((notice) => `- ${escapeMarkdown(printNotice(notice))}`),
    renderBatches({ batches: batches.map(batchOf), rounds: [], timings: { waited_ms: null, took_ms: null } }),
  ];
  return {
    parts: parts.filter((part) => part !== undefined),
    links: renderLinks({ id: run.runId, attempt: run.runAttempt, url: run.runUrl }),
  };
}
