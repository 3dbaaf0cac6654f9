import type { Place } from '../../simulator/rendering/index.ts';
import { markerOf, mergeSection, sectionIdOf } from '../../src/core/comment/comment.ts';
import { figuresOf, waitingFigures } from '../../src/core/comment/legs.ts';
import type { Links } from '../../src/core/markdown/links.ts';
import { fullReport } from '../../src/core/markdown/links.ts';
import { renderJobSummary, renderReport } from '../../src/core/markdown/markdown.ts';
import { shrinkSection } from '../../src/core/markdown/shrink.ts';
import { renderSubmitted } from '../../src/core/markdown/submitted.ts';
import { run } from '../core/summary/samples.ts';
import { batchesOf, noticesWith, summariesWith } from './outcomes.ts';

/** Texts of the action as GitHub shows them. */
export interface Document {
  readonly place: Place;
  readonly markdown: string;
}

/** Everything that the action writes for people, with the text in every place where it stands for somebody else's. */
export function documentsWith(text: string): Document[] {
  const reports = reportsWith(text);
  const summaries = [...summariesWith(text).values()].slice(0, 2);
  return [
    { place: 'comment', markdown: bodyWith(text) },
    // All reports are in the comment. These two see to it that nothing hangs on line ends, nor on fences around it.
    { place: 'summary', markdown: summaries.map((summary) => renderJobSummary(summary, linksWith(text))).join('\n') },
    { place: 'file', markdown: reports[0] ?? '' },
  ];
}

/**
 * The comment's body: the table of the legs, a section for each way to end and one for a batch at work, two cut short, one
 * of an older commit.
 */
export function bodyWith(text: string): string {
  const marker = markerOf(text);
  const full = fullReport(run, { summary: false, artifact: artifactWith(text) });
  const reports = Array.from(summariesWith(text).values(), (summary) => {
    return { section: renderReport(summary, linksWith(text)), figures: figuresOf(summary) };
  });
  const cut = reports.slice(0, 2).map(({ section, figures }) => {
    return { section: shrinkSection(section, 1, full) ?? '', figures };
  });
  const waiting = { section: submittedWith(text), figures: waitingFigures(text, 2) };
  return [...reports, waiting, ...cut].reduce((body, { section, figures }, index) => {
    const origin = index === 1 ? { sha: 'a'.repeat(40), runId: 1 } : { sha: run.sha, runId: run.runId };
    return mergeSection(body, marker, sectionIdOf(`${index} ${text}`, text), section, origin, figures);
  }, '');
}

/** The report of each way to end. */
export function reportsWith(text: string): string[] {
  return Array.from(summariesWith(text).values(), (summary) => renderReport(summary, linksWith(text)));
}

function submittedWith(text: string): string {
  const batches = batchesOf(text);
  return renderSubmitted({ run, name: text, batches, requestCount: 2, notices: noticesWith(text), estimate: null });
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
