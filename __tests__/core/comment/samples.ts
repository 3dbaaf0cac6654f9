import { asSectionText, type OwnSection, placeSection } from '../../../src/core/comment/comment.ts';
import { renderComment } from '../../../src/core/comment/render-comment.ts';
import type { Origin, Section } from '../../../src/core/comment/section.ts';
import { markerOf, type SectionSummary, sectionIdOf, summarizeSection } from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { SECTION_LABELS } from '../../../src/core/messages/sections.ts';
import { run, summaryOf } from '../summary/samples.ts';

export const MARKER = markerOf('evals');
export const TITLE = 'Evals';
export const RUNS = 'https://github.com/octo/evals/actions/runs/';
export const NO_LINKS = { page: undefined, artifact: undefined };
export const one: Origin = { sha: '1111111aaaa', runId: 100 };
export const two: Origin = { sha: '2222222bbbb', runId: 200 };

/** The summary of a section whose run has ended. */
export const ended: SectionSummary = summarizeSection(summaryOf(), run, NO_LINKS);

/** A section of this name, before it has its id. */
export function ownOf(name: string, more: Partial<OwnSection> = {}): OwnSection {
  return {
    baseId: sectionIdOf(name),
    origin: one,
    summary: { ...ended, name },
    text: `text of ${name}`,
    job: 'evals',
    ...more,
  };
}

/** A section as it is in a comment. */
export function sectionOf(name: string, more: Partial<Section> = {}): Section {
  const { baseId: id, origin, summary, text } = ownOf(name);
  return { id, origin, summary, text, ...more };
}

/** The comment in its full form. */
export function bodyOf(sections: readonly Section[], short: 'lines' | 'rows' = 'lines'): string {
  return renderComment({ marker: MARKER, title: TITLE, sections, runsUrl: RUNS, short });
}

/** The body after a step wrote its section. */
export function write(body: string | undefined, own: OwnSection): string {
  return bodyOf(placeSection(parseSections(body ?? ''), { ...own, text: asSectionText(own.text) }).sections);
}

/** Texts of a comment by the id of their section. */
export function textsOf(body: string): Record<string, string> {
  return Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text]));
}

/** Rows of the table, or of both where a part is folded, without heads. */
export function rowsOf(body: string): string[] {
  const tables = body.split('\n\n').filter((block) => block.startsWith(`| ${SECTION_LABELS.result} |`));
  return tables.flatMap((table) => table.split('\n').slice(2));
}
