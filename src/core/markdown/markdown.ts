import type { Summary } from '../summary/summary.ts';
import { renderBatches, renderHowToGoOn, renderLinks } from './batch-part.ts';
import { escapeMarkdown } from './escape.ts';
import { renderCalculator, renderEstimate } from './estimate-part.ts';
import { renderFailures, renderIncomplete } from './failures.ts';
import { renderLedger, renderModels } from './ledger.ts';
import type { Links } from './links.ts';
import { notesOf } from './notes.ts';
import { noticesOf } from './notices.ts';
import { renderProblems, renderWarnings } from './problems-part.ts';
import { printReport, type Report } from './report.ts';
import { renderVerdict } from './verdict.ts';

/**
 * The report in GitHub-flavoured markdown, for the comment's section, the job summary and `report.md`: the verdict, the
 * figures, then parts with a heading of their own (`####`), the most important first.
 */
export function makeReport(summary: Summary, links: Links): Report {
  const parts = [
    renderVerdict(summary),
    renderLedger(summary),
    renderEstimate(summary),
    renderNotes(summary),
    renderHowToGoOn(summary),
    renderProblems(summary),
    renderWarnings(summary),
    renderFailures(summary),
    renderIncomplete(summary),
    renderModels(summary),
    // What was last known of batches that are gone is no help: the failure names them.
    summary.status === 'failed' ? undefined : renderBatches(summary),
  ];
  return {
    parts: parts.filter((part) => part !== undefined),
    links: [renderLinks(summary.run, links), ...pricesNote(summary)].join(' · '),
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
  return { ...report, parts: [...report.parts, `#### Estimated before\n\n${calculator}`] };
}

function renderNotes(summary: Summary): string | undefined {
  const notes = [...notesOf(summary), ...noticesOf(summary.notices)].map((note) => `- ${escapeMarkdown(note)}`);
  return notes.length === 0 ? undefined : notes.join('\n');
}

function pricesNote({ tokens, estimate, cost }: Summary): string[] {
  return tokens === null && estimate === null ? [] : [`prices as of ${escapeMarkdown(cost.prices_as_of)}`];
}
