import { type Heading, renderHeading } from './heading.ts';
import { joinBlocks } from './table.ts';

/** A report until it is printed: Markdown blocks, the most important first, and the line of links, which always stays. */
export interface Report {
  readonly heading: Heading;
  /** Above the links. */
  readonly parts: readonly string[];
  readonly links: string;
  /** Below the links: folded details. */
  readonly folded: readonly string[];
}

/** The whole report with its heading. */
export function printReport(report: Report): string {
  return `${renderHeading(report.heading)}\n\n${printBody(report)}`;
}

/** Everything below the heading. */
export function printBody({ parts, links, folded }: Pick<Report, 'parts' | 'links' | 'folded'>): string {
  return joinBlocks(...parts, links, ...folded);
}

/**
 * The report below its heading, then ever shorter versions without its last details and parts. These refer to `fullReport`, a line of
 * Markdown, for the rest. The first part always stays.
 */
export function bodiesToFit({ parts, links, folded }: Report, fullReport: string): readonly string[] {
  const details = folded.map((_, dropped) => ({
    parts,
    links,
    folded: [...folded.slice(0, folded.length - 1 - dropped), fullReport],
  }));
  const shorter = parts.slice(1).map((_, dropped) => ({
    parts: parts.slice(0, parts.length - 1 - dropped),
    links,
    folded: [fullReport],
  }));
  return [{ parts, links, folded }, ...details, ...shorter].map(printBody);
}

/** The runner drops a job summary over 1 MiB entirely; other steps of the job have their own. */
const MAX_BYTES = 1_000_000;

/** A job summary, without its last parts if it is too long; then it says where the rest is. */
export function fitSummary(report: Report, fullReport: string): string {
  const heading = renderHeading(report.heading);
  const texts = bodiesToFit(report, fullReport).map((body) => `${heading}\n\n${body}`);
  return texts.find((text) => Buffer.byteLength(text) <= MAX_BYTES) ?? fullReport;
}
