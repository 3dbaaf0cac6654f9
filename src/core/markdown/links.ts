import { LABELS, REPORT } from '../messages/report.ts';
import { codeCell } from './escape.ts';

/** A markdown link. The label is markdown; whatever could end the address early is percent-encoded. */
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

/** What the report points to; undefined if there is none. */
export interface Links {
  /** The page with every case, which opens in a browser. */
  readonly page: Target | undefined;
  readonly artifact: Target | undefined;
}

/** No page and no artifact. */
export const NO_LINKS: Links = { page: undefined, artifact: undefined };

/** Where to read on. `failing`: how many cases need a look, which then come first. */
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

/** A custom ID, as a link to its case where there is a page. Half a character, which no address can hold, finds no case. */
export function renderCase(id: string, page: Links['page']): string {
  const label = codeCell(id, { maxLength: 64 });
  return page === undefined ? label : renderLink(label, `${page.url}#case=${encodeURIComponent(id.toWellFormed())}`);
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
