import { LABELS, REPORT } from '../messages/report.ts';
import { codeCell } from './escape.ts';

/** A Markdown link. The label is Markdown; characters that could end the address early are percent-encoded. */
export function renderLink(label: string, url: string): string {
  const address = url.replace(/[()<>|\\\s"`]/g, (mark) => {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `[${label}](${address})`;
}

/** Address of another run of the repository. */
export function runUrl({ url }: { readonly url: string }, runId: number): string {
  return `${url.replace(/\/runs\/.*$/, '/runs/')}${runId}`;
}

interface Target {
  readonly name: string;
  readonly url: string;
}

/** What the report links to; undefined if it does not exist. */
export interface Links {
  /** The page with every case, for a browser. */
  readonly page: Target | undefined;
  readonly artifact: Target | undefined;
}

/** No page and no artifact. */
export const NO_LINKS: Links = { page: undefined, artifact: undefined };

/** Links for reading on. `failing`: how many cases need a look; they come first on the page. */
export function renderLinks(run: { readonly url: string }, { page, artifact }: Links, failing: number): string {
  const answers = page && renderLink(failing > 0 ? REPORT['all-answers']() : REPORT['see-answers'](), page.url);
  const cases = page && renderLink(REPORT['see-cases']({ count: failing }), `${page.url}#outcome=failing`);
  return [
    ...(cases !== undefined && failing > 0 ? [`**${cases}**`] : []),
    ...(answers === undefined ? [] : [failing > 0 ? answers : `**${answers}**`]),
    ...(artifact === undefined ? [] : [renderLink(REPORT.download(), artifact.url)]),
    renderLink(REPORT['run-link'](), run.url),
  ].join(' · ');
}

/** A custom ID, linked to its case if there is a page. An ID with half a surrogate pair, which no URL can hold, finds no case. */
export function renderCase(id: string, page: Links['page']): string {
  const label = codeCell(id, { maxLength: 64 });
  return page === undefined ? label : renderLink(label, `${page.url}#case=${encodeURIComponent(id.toWellFormed())}`);
}

/**
 * Replaces what did not fit into a comment by where the whole report is: in the job summary, on the run's page, or as `report.md` in the
 * artifact. Without places, as in a comment before the end, it refers to the log.
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
