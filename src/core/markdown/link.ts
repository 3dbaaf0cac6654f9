import { codeCell } from './escape.ts';

/** A markdown link. The label is markdown; whatever could end the address early is percent-encoded. */
export function renderLink(label: string, url: string): string {
  const address = url.replace(/[()<>|\\\s"`]/g, (mark) => {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `[${label}](${address})`;
}

/** Where the whole report is kept: in the job summary, on the run's page, or as `report.md` in the artifact. */
export interface Places {
  readonly summary: boolean;
  readonly artifact: { readonly name: string; readonly url: string } | undefined;
}

/** Stands in a comment for what did not fit. Without places, which a word on the way has none of, it is the log that says more. */
export function fullReport({ runUrl }: { readonly runUrl: string }, places?: Places): string {
  const rest = 'The rest did not fit here';
  if (places === undefined) return `${rest}: the log of ${renderLink('the run', runUrl)} has more.`;
  const { summary, artifact } = places;
  if (summary) return `${rest}: ${renderLink('the summary of the run', runUrl)} has the full report.`;
  if (artifact !== undefined) {
    return `${rest}: \`report.md\` in the artifact ${renderLink(codeCell(artifact.name), artifact.url)} has the full report.`;
  }
  return `${rest}, and is kept nowhere else: with \`summary: true\` it would stand in the summary of ${renderLink('the run', runUrl)}.`;
}
