import type { Place } from '../../simulator/rendering/index.ts';
import { asSectionText } from '../../src/core/comment/comment.ts';
import { renderComment } from '../../src/core/comment/render-comment.ts';
import { markerOf, sectionIdOf, summarizeSection, summarizeWaiting } from '../../src/core/comment/section.ts';
import { fullReport, type Links } from '../../src/core/markdown/links.ts';
import { makeJobSummary, makeReport, makeSubmittedReport, renderReport } from '../../src/core/markdown/markdown.ts';
import { bodiesToFit, printBody, printReport } from '../../src/core/markdown/report.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { run } from '../core/summary/samples.ts';
import { batchesOf, noticesWith, summariesWith } from './outcomes.ts';

/** Texts of the action as GitHub shows them. */
export interface Document {
  readonly place: Place;
  readonly markdown: string;
}

/**
 * Everything that the action writes for people, with the text in every place where it stands for somebody else's: of every way to
 * end, or of these.
 */
export function documentsWith(text: string, ways?: readonly string[]): Document[] {
  const summaries = wanted(text, ways).slice(0, 2);
  const reports = summaries.map((summary) => renderReport(summary, linksWith(text)));
  return [
    { place: 'comment', markdown: bodyWith(text, ways) },
    // All reports are in the comment. These two see to it that nothing hangs on line ends, nor on fences around it.
    {
      place: 'summary',
      markdown: summaries.map((summary) => printReport(makeJobSummary(summary, linksWith(text)))).join('\n'),
    },
    { place: 'file', markdown: reports[0] ?? '' },
  ];
}

/**
 * The comment's body: the table, a section for each way to end and one for a batch at work, one cut short and one that is
 * only a line, one of an older commit.
 */
export function bodyWith(text: string, ways?: readonly string[]): string {
  const full = fullReport(run, { summary: false, artifact: artifactWith(text) });
  const links = linksWith(text);
  const reports = wanted(text, ways).map((summary) => {
    const texts = bodiesToFit(makeReport(summary, links), full);
    // An address that is too long is left out of a line.
    return { texts, summary: summarizeSection(summary, run, linksWith(text.slice(0, 100))) };
  });
  const cut = reports.slice(0, 2).map(({ texts, summary }, index) => ({ text: index === 0 ? texts[1] : '', summary }));
  const waiting = { text: submittedWith(text), summary: summarizeWaiting(text, run, { requests: 2, estimate: null }) };
  const all = [...reports.map(({ texts, summary }) => ({ text: texts[0], summary })), waiting, ...cut];
  const sections = all.map((section, index) => ({
    id: sectionIdOf(`${String(index).padStart(2, '0')} ${text}`),
    origin: index === 1 ? { sha: 'a'.repeat(40), runId: 1 } : { sha: run.sha, runId: run.runId },
    summary: section.summary,
    text: asSectionText(section.text ?? ''),
  }));
  return renderComment({
    marker: markerOf(text),
    title: text,
    sections,
    runsUrl: 'https://github.com/octo/evals/actions/runs/',
    short: 'lines',
  });
}

/** The report of each way to end, below its heading. */
export function reportsWith(text: string): string[] {
  return Array.from(summariesWith(text).values(), (summary) => printBody(makeReport(summary, linksWith(text))));
}

function wanted(text: string, ways: readonly string[] | undefined): Summary[] {
  return [...summariesWith(text)].flatMap(([way, summary]) => (ways?.includes(way) === false ? [] : summary));
}

function submittedWith(text: string): string {
  const batches = batchesOf(text);
  const about = { run, batches, requestCount: 2, notices: noticesWith(text), estimate: null };
  return printBody(makeSubmittedReport(about));
}

function linksWith(text: string): Links {
  return { page: artifactWith(text), artifact: artifactWith(text) };
}

const ADDRESS = 'https://artifacts.example/';

/** The address is GitHub's own, but ends in the text here: the only one that may differ. It never holds control characters. */
function artifactWith(text: string) {
  return { name: text, url: `${ADDRESS}${text.replace(/\p{Cc}/gu, '')}` };
}

/** Lines without that address. */
export function withoutAddress(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/https:\/\/artifacts\.example\/[^"\s]*/, ADDRESS));
}
