import type { PageContent } from '../inputs/inputs.ts';
import { PAGE_KEYS } from '../messages/page.ts';
import type { Summary } from '../summary/summary.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import type { Choice } from './choice.ts';
import { escapeHtml, labelHtml, textHtml } from './html.ts';

/** `requests.jsonl` is left out of the artifact beyond this many bytes. */
export const MAX_REQUESTS_BYTES = 50_000_000;

/** What a page holds besides the summary. */
export interface PageParts {
  readonly choice: Choice;
  readonly content: PageContent;
  /** Undefined where nothing was uploaded. */
  readonly artifact: { readonly name: string; readonly url: string } | undefined;
}

/**
 * The part of the page that lists the cases, without them: what it leaves out, and the controls, which stay hidden
 * until the script has filled the list. The script looks for its classes, ids and data attributes; `data-requests` and
 * `data-results` name the artifact with the file.
 */
export function listHtml(
  summary: Pick<Summary, 'requests' | 'requests_file'>,
  { choice, content, artifact }: PageParts,
): string {
  const file = content === 'full' ? summary.requests_file : null;
  // A file that is not in the artifact is on the runner only.
  const name = artifact && toPlainLine(artifact.name, 100);
  const requests = file !== null && file.bytes <= MAX_REQUESTS_BYTES ? name : undefined;
  const results = content === 'none' ? undefined : name;
  const facts = [
    requests === undefined ? '' : ` data-requests="${escapeHtml(requests)}"`,
    results === undefined ? '' : ` data-results="${escapeHtml(results)}"`,
    file === null ? '' : ' data-prompts',
    // Only an uploaded page has a link.
    artifact === undefined ? '' : ' data-linked',
  ].join('');
  const shows = content === 'full' && file === null ? 'shows-answers-of-batch-id' : (`shows-${content}` as const);
  const keys = PAGE_KEYS.map(([key, does]) => `<kbd>${escapeHtml(key)}</kbd> ${escapeHtml(does)}`).join(' · ');
  return `<section id="list"${facts}><h2>${labelHtml('cases')}</h2>
${leftOutHtml(choice, results, (summary.requests.missing ?? 0) > 0)}<p>${textHtml({ code: shows })}</p>
<p id="textless" hidden></p>
<noscript><p>${textHtml({ code: 'needs-javascript', artifact: results })}</p></noscript>
<div id="controls" hidden>
<label class="search">${labelHtml('search')}<input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="${textHtml({ code: `search-${content}` })}"></label>
<label>${labelHtml('outcome')}<select id="outcome"></select></label>
<label>${labelHtml('model')}<select id="model"></select></label>
<label>${labelHtml('order')}<select id="order"></select></label>
</div>
<p id="status" role="status"></p>
<p id="hint" hidden>${keys}</p>
<div id="heads" aria-hidden="true" hidden>${headsHtml()}</div>
<ol id="cases"></ol>
</section>`;
}

function headsHtml(): string {
  const names = ['case', 'outcome', 'model', 'stop-reason'] as const;
  const numbers = ['input-and-cache', 'output', 'cost'] as const;
  return [
    ...names.map((name) => `<span>${labelHtml(name)}</span>`),
    ...numbers.map((name) => `<span class="number">${labelHtml(name)}</span>`),
  ].join('');
}

function leftOutHtml(choice: Choice, artifact: string | undefined, hasMissing: boolean): string {
  const { positions, total, unanswered, incomplete } = choice;
  const shown = positions.length;
  if (shown >= total) return '';
  // Cases with no answer come first, so only then one without a result line may be left out.
  const missing = hasMissing && unanswered > shown ? ` ${textHtml({ code: 'missing-left-out' })}` : '';
  const sentence = textHtml({ code: 'cases-left-out', shown, total, unanswered, incomplete, artifact });
  return `<p id="cases-left-out">${sentence}${missing}</p>\n`;
}
