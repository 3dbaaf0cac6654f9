import type { Batch } from '../../ports/api.ts';
import type { GitHubContext } from '../inputs/context.ts';
import { ESTIMATE } from '../messages/estimate.ts';
import { HEADINGS, printNotice, REPORT } from '../messages/report.ts';
import type { Summary, SummaryEstimate, SummaryNotice } from '../summary/summary.ts';
import { batchOf } from '../summary/summary-parts.ts';
import { renderBatches, renderNextStep } from './batch-part.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderCalculator, renderEstimate } from './estimate-part.ts';
import { renderFailures, renderIncomplete, renderProblems, renderWarnings } from './failures.ts';
import { renderLedger, renderModels } from './ledger.ts';
import { type Links, renderLinks } from './links.ts';
import { describeNotes } from './notes.ts';
import { printReport, type Report } from './report.ts';
import { renderAlert, renderVerdict } from './verdict.ts';

/**
 * The report in GitHub-flavoured markdown, for the comment's section, the job summary and `report.md`: the verdict, the
 * numbers, then parts with their own heading (`####`), the most important first.
 */
export function makeReport(summary: Summary, links: Links): Report {
  const { tokens, estimate, cost } = summary;
  const parts = [
    renderVerdict(summary),
    renderLedger(summary),
    renderEstimate(summary),
    renderList(describeNotes(summary)),
    renderNextStep(summary),
    renderProblems(summary),
    renderWarnings(summary),
    renderFailures(summary),
    renderIncomplete(summary),
    renderModels(summary),
    // The last known state of deleted batches does not help: the failure names them.
    summary.status === 'failed' ? undefined : renderBatches(summary),
  ];
  const hasPrices = tokens !== null || estimate !== null;
  const prices = hasPrices ? [REPORT['prices-as-of']({ date: escapeMarkdown(cost.prices_as_of) })] : [];
  return {
    parts: parts.filter((part) => part !== undefined),
    links: [renderLinks(summary.run, links), ...prices].join(' · '),
  };
}

/** The whole report as text. */
export function renderReport(summary: Summary, links: Links): string {
  return printReport(makeReport(summary, links));
}

/** The report for the job summary, which has room for what the comment leaves out: what the same would cost in other ways. */
export function makeJobSummary(summary: Summary, links: Links): Report {
  const { estimate, tokens } = summary;
  const report = makeReport(summary, links);
  const calculator = estimate === null || tokens === null ? undefined : renderCalculator(estimate);
  if (calculator === undefined) return report;
  return { ...report, parts: [...report.parts, `#### ${HEADINGS['estimated-before']}\n\n${calculator}`] };
}

/** The report in the comment while the batch is at work. `requestCount` is undefined where only ids were given. */
export function makeSubmittedReport(about: {
  readonly run: GitHubContext;
  readonly name: string;
  readonly batches: readonly Batch[];
  readonly requestCount: number | undefined;
  readonly notices: readonly SummaryNotice[];
  readonly estimate: SummaryEstimate | null;
}): Report {
  const { run, name, batches, requestCount: requests, notices, estimate } = about;
  const running = REPORT['batches-running']({ batches: batches.length, requests });
  const parts = [
    renderAlert('neutral', `**${codeCell(name)} ${REPORT.waiting()}.** ${running}`),
    estimate?.batch == null ? undefined : ESTIMATE['estimated-before']({ cost: ESTIMATE['in-short'](estimate) }),
    renderList(notices.map(printNotice)),
    renderBatches({ batches: batches.map(batchOf), rounds: [], timings: { waited_ms: null, took_ms: null } }),
  ];
  return {
    parts: parts.filter((part) => part !== undefined),
    links: renderLinks({ id: run.runId, attempt: run.runAttempt, url: run.runUrl }),
  };
}

/** Plain sentences as a list; undefined for none. */
function renderList(sentences: readonly string[]): string | undefined {
  return sentences.length === 0 ? undefined : sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n');
}
