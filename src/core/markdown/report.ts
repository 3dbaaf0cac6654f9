/** A report until it is printed: Markdown blocks, the most important first, and the line of links, which always stays. */
export interface Report {
  readonly parts: readonly string[];
  readonly links: string;
}

export function printReport({ parts, links }: Report): string {
  return [...parts, links].join('\n\n');
}

/**
 * The report, then ever shorter ones without its last parts. These say where the rest is in `fullReport`, a line of Markdown.
 * The first part always stays.
 */
export function reportsToFit({ parts, links }: Report, fullReport: string): readonly string[] {
  const shorter = parts.slice(1).map((_, dropped) => [...parts.slice(0, parts.length - 1 - dropped), fullReport]);
  return [parts, ...shorter].map((some) => printReport({ parts: some, links }));
}
