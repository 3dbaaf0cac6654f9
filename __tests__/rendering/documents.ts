import type { Place } from '../../simulator/rendering/index.ts';
import { markerOf, mergeSection, sectionIdOf, shrinkSection } from '../../src/core/report/comment.ts';
import { fullReport } from '../../src/core/report/link.ts';
import { renderReport } from '../../src/core/report/markdown.ts';
import { renderSubmitted } from '../../src/core/report/submitted.ts';
import { run } from '../core/report/samples.ts';
import { batchesOf, noticesWith, summariesWith } from './outcomes.ts';

/** Texts of the action as GitHub shows them. */
export interface Document {
  readonly place: Place;
  readonly markdown: string;
}

/** Everything that the action writes for people, with the text in every place where it stands for somebody else's. */
export function documentsWith(text: string): Document[] {
  const reports = reportsWith(text);
  return [
    { place: 'comment', markdown: bodyWith(text) },
    // All reports are in the comment. These two see to it that nothing hangs on line ends, nor on fences around it.
    { place: 'summary', markdown: reports.slice(0, 2).join('\n') },
    { place: 'file', markdown: reports[0] ?? '' },
  ];
}

/** The comment's body: a section for each way to end and one for a batch at work, two cut short, one of an older commit. */
export function bodyWith(text: string): string {
  const marker = markerOf(text);
  const full = fullReport(run, { summary: false, artifact: artifactWith(text) });
  const texts = [...reportsWith(text), submittedWith(text)];
  const sections = [...texts, ...texts.slice(0, 2).map((report) => shrinkSection(report, 1, full) ?? '')];
  return sections.reduce((body, section, index) => {
    const origin = index === 1 ? { sha: 'a'.repeat(40), runId: 1 } : { sha: run.sha, runId: run.runId };
    return mergeSection(body, marker, sectionIdOf(`${index} ${text}`, text), section, origin);
  }, '');
}

/** The report of each way to end. */
export function reportsWith(text: string): string[] {
  return Array.from(summariesWith(text).values(), (summary) => renderReport(summary, { artifact: artifactWith(text) }));
}

function submittedWith(text: string): string {
  const batches = batchesOf(text);
  return renderSubmitted({ run, leg: text, batches, requestCount: 2, notices: noticesWith(text) });
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
