import type { PageContent } from '../inputs/inputs.ts';
import { PAGE_KEYS } from '../messages/page.ts';
import type { Summary } from '../summary/summary.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import type { Choice } from './choice.ts';
import { fragmentOf } from './fragment.ts';
import { escapeHtml, labelHtml, textHtml } from './html.ts';
import { csvFileName } from './page-file-name.ts';
import { totalsOf } from './totals.ts';

/** The artifact omits `requests.jsonl` if it has more bytes than this. */
export const MAX_REQUESTS_BYTES = 50_000_000;

/** What a page holds besides the summary. */
export interface PageParts {
  readonly choice: Choice;
  readonly content: PageContent;
  /** Undefined if nothing was uploaded. */
  readonly artifact: { readonly name: string; readonly url: string } | undefined;
}

/**
 * The page's section for the list of cases, without the cases: the controls, hidden until the script has filled the list. The script
 * relies on its classes, ids and data attributes; `data-requests` and `data-results` name the artifact with the file.
 */
export function listHtml(summary: ListedRun, { choice, content, artifact }: PageParts): string {
  const { name, requests, results, grades, hasPrompts } = placesOf(summary, { choice, content, artifact });
  const leftOut = choice.total - choice.shown;
  const facts = [
    requests === undefined ? '' : ` data-requests="${escapeHtml(requests)}"`,
    results === undefined ? '' : ` data-results="${escapeHtml(results)}"`,
    grades === undefined ? '' : ` data-grades="${escapeHtml(grades)}"`,
    hasPrompts ? ' data-prompts' : '',
    choice.graded === undefined ? '' : ' data-graded',
    ` data-csv="${escapeHtml(csvFileName(summary.run.name))}"`,
    // Only an uploaded page has a link.
    name === undefined ? '' : ' data-linked',
    leftOut > 0 ? ` data-left-out="${leftOut}" data-totals="${escapeHtml(totalsText(summary, choice))}"` : '',
  ].join('');
  const filters = (['outcome', 'metric', 'metadata', 'stop', 'model', 'reuse', 'order'] as const).map(
    (filter) => `<label class="filter">${labelHtml(filter)}<select id="${filter}"></select></label>`,
  );
  return `<section id="list"${facts}><h2 class="unseen">${labelHtml('cases')}</h2>
<noscript><p>${textHtml({ code: 'needs-javascript', artifact: results })}</p></noscript>
<div id="bar" hidden>
<div id="controls">
<label class="search"><span>${labelHtml('search')}</span><input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="${textHtml({ code: `search-${content}` })}"></label>
<button type="button" id="unfold" aria-expanded="false" aria-controls="controls"></button>
${filters.join('\n')}
</div>
<p id="counts"><span id="status" role="status"></span><button type="button" id="reset" class="quiet" hidden></button><button type="button" id="csv" class="quiet"></button></p>
</div>
<div id="table" role="table" aria-label="${labelHtml('cases')}"><div id="heads" role="rowgroup"></div><div id="cases"></div></div>
<p id="none" hidden><span></span> <button type="button" class="quiet"></button></p>
</section>`;
}

/** In the form the script reads: `broken=420&fixed=351`. */
function totalsText(summary: ListedRun, choice: Choice): string {
  const totals = Object.entries(totalsOf(summary, choice));
  return fragmentOf(totals.map(([name, count]) => [name, String(count)])).slice(1);
}

/** What the list contains and omits, and its keyboard shortcuts, folded. */
export function aboutHtml(summary: ListedRun, parts: PageParts): string {
  const { choice, content } = parts;
  const { results, hasPrompts } = placesOf(summary, parts);
  const shows = content === 'full' && !hasPrompts ? 'shows-answers-of-batch-id' : (`shows-${content}` as const);
  const keys = PAGE_KEYS.map(([key, does]) => `<kbd>${escapeHtml(key)}</kbd> ${escapeHtml(does)}`).join(' · ');
  return `<details id="about"><summary>${labelHtml('about')}</summary>
${leftOutHtml(choice, results, (summary.requests.missing ?? 0) > 0)}<p>${textHtml({ code: shows })}</p>
<p id="textless" hidden></p>
<p id="hint">${keys}</p></details>`;
}

type ListedRun = Pick<Summary, 'run' | 'requests' | 'incomplete' | 'requests_file' | 'grading'>;

/** The artifact with the files, if any. */
function placesOf({ requests_file }: Pick<ListedRun, 'requests_file'>, { content, artifact }: PageParts) {
  const file = content === 'full' ? requests_file : null;
  // A file that is not in the artifact is only on the runner.
  const name = artifact && toPlainLine(artifact.name, 100);
  return {
    name,
    requests: file !== null && file.bytes <= MAX_REQUESTS_BYTES ? name : undefined,
    results: content === 'none' ? undefined : name,
    grades: name,
    hasPrompts: file !== null,
  };
}

function leftOutHtml(choice: Choice, artifact: string | undefined, hasMissing: boolean): string {
  const { shown, total, unanswered, incomplete, graded } = choice;
  if (shown >= total) return '';
  // Unanswered cases come early; only then can one without a result line be left out.
  const early =
    unanswered + (graded === undefined ? 0 : graded.required + graded.broken + graded.failing + graded.ungraded);
  const missing = hasMissing && early > shown ? ` ${textHtml({ code: 'missing-left-out' })}` : '';
  const sentence =
    graded === undefined
      ? textHtml({ code: 'cases-left-out', shown, total, unanswered, incomplete, artifact })
      : textHtml({ code: 'graded-cases-left-out', shown, total, ...graded, artifact });
  return `<p id="cases-left-out">${sentence}${missing}</p>\n`;
}
