import { LABELS, REPORT } from '../messages/report.ts';
import { codeCell } from './escape.ts';

/** A markdown link. The label is markdown; whatever could end the address early is percent-encoded. */
export function renderLink(label: string, url: string): string {
  const address = url.replace(/[()<>|\\\s"`]/g, (mark) => {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `[${label}](${address})`;
}

interface Target {
  readonly name: string;
  readonly url: string;
}

/** What the report points to; undefined where there is none. */
export interface Links {
  /** The page with every case, which opens in a browser. */
  readonly page: Target | undefined;
  readonly artifact: Target | undefined;
}

/** Where to read on. */
export function renderLinks(
  run: { readonly id: number; readonly attempt: number; readonly url: string },
  { page, artifact }: Links = { page: undefined, artifact: undefined },
): string {
  return [
    ...(page === undefined ? [] : [`**${renderLink(REPORT['open-page'](), page.url)}**`]),
    ...(artifact === undefined ? [] : [REPORT.artifact({ link: linkTo(artifact) })]),
    renderLink(REPORT.run(run), run.url),
  ].join(' · ');
}

/**
 * Replaces in a comment what did not fit, by where the whole report is kept: in the job summary, on the run's page, or as
 * `report.md` in the artifact. Without places, as in a comment before the end, the log has more.
 */
export function fullReport(
  { runUrl }: { runUrl: string },
  places?: { summary: boolean; artifact: Target | undefined },
): string {
  const run = { link: renderLink(LABELS['the-run'], runUrl) };
  if (places === undefined) return REPORT['rest-in-log'](run);
  const { summary, artifact } = places;
  if (summary) return REPORT['rest-in-summary']({ link: renderLink(LABELS['the-summary'], runUrl) });
  return artifact === undefined ? REPORT['rest-nowhere'](run) : REPORT['rest-in-artifact']({ link: linkTo(artifact) });
}

function linkTo({ name, url }: Target): string {
  return renderLink(codeCell(name), url);
}
