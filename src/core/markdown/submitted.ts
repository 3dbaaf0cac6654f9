import type { Batch } from '../../ports/api.ts';
import type { RunContext } from '../inputs/context.ts';
import type { SummaryEstimate, SummaryNotice } from '../summary/summary.ts';
import { batchOf } from '../summary/summary-batch.ts';
import { countOf } from '../text/numbers.ts';
import { renderBatches, renderLinks } from './batch-part.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderEstimateInShort } from './estimate-part.ts';
import { noticesOf } from './notices.ts';
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
  const size = requestCount === undefined ? '' : ` with ${countOf(requestCount, 'request')}`;
  const parts = [
    renderAlert(
      'neutral',
      `**${codeCell(name)} is waiting.** ${countOf(batches.length, 'batch', 'batches')}${size} at work. Most end within an hour, all within 24 hours; the results will stand here.`,
    ),
    ...(estimate?.batch == null ? [] : [`Estimated before: ${renderEstimateInShort(estimate)}.`]),
    ...noticesOf(notices).map((line) => `- ${escapeMarkdown(line)}`),
    renderBatches({ batches: batches.map(batchOf), rounds: [], timings: { waited_ms: null, took_ms: null } }),
  ];
  return {
    parts: parts.filter((part) => part !== undefined),
    links: renderLinks({ id: run.runId, attempt: run.runAttempt, url: run.runUrl }),
  };
}
