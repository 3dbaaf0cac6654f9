import type { PageContent } from '../inputs/inputs.ts';
import { PAGE_KEYS, type PageMessage } from '../messages/page.ts';
import type { Summary } from '../summary/summary.ts';
import { type ArtifactLocation, locateFiles, type PageLinks } from './artifact-location.ts';
import type { Choice } from './choice.ts';
import { escapeHtml, labelHtml, textHtml } from './html.ts';

/** What the list holds. */
export interface PageList extends PageLinks {
  readonly choice: Choice;
  readonly content: PageContent;
}

/**
 * The part of the page that lists the cases, without them: what it leaves out, and the controls, which stay hidden until the
 * script has filled the list. The script looks for its classes, ids and data attributes; `data-requests` and `data-results`
 * name the artifact that has the file.
 */
export function listHtml(
  summary: Pick<Summary, 'requests' | 'requests_file'>,
  { choice, content, artifact }: PageList,
): string {
  const hasPrompts = content === 'full' && summary.requests_file !== null;
  const { requests, results } = locateFiles(summary, content, artifact);
  const facts = [
    dataOf('requests', requests),
    dataOf('results', results),
    hasPrompts ? ' data-prompts' : '',
    // Only an uploaded page has a link.
    artifact === undefined ? '' : ' data-linked',
  ].join('');
  const keys = PAGE_KEYS.map(([key, does]) => `<kbd>${escapeHtml(key)}</kbd> ${escapeHtml(does)}`).join(' · ');
  return `<section id="list"${facts}><h2>${labelHtml('cases')}</h2>
${leftOutHtml(choice, results, (summary.requests.missing ?? 0) > 0)}<p>${textHtml({ code: contentCode(content, hasPrompts) })}</p>
<p id="textless" hidden></p>
<noscript><p>${textHtml({ code: 'needs-javascript', artifact: results })}</p></noscript>
<div id="controls" hidden>
<label class="search">${labelHtml('search')}<input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="${textHtml({ code: SEARCHED[content] })}"></label>
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

function dataOf(name: string, value: ArtifactLocation): string {
  return value === undefined ? '' : ` data-${name}="${escapeHtml(value)}"`;
}

function headsHtml(): string {
  const names = (['case', 'outcome', 'model', 'stop-reason'] as const).map((name) => `<span>${labelHtml(name)}</span>`);
  const numbers = (['input-and-cache', 'output', 'cost'] as const).map(
    (name) => `<span class="number">${labelHtml(name)}</span>`,
  );
  return [...names, ...numbers].join('');
}

function leftOutHtml(choice: Choice, artifact: ArtifactLocation, hasMissing: boolean): string {
  const { positions, total, unanswered, incomplete } = choice;
  const shown = positions.length;
  if (shown >= total) return '';
  // Cases with no answer come first, so only then one without a result line may be left out.
  const missing = hasMissing && unanswered > shown ? ` ${textHtml({ code: 'missing-left-out' })}` : '';
  const sentence = textHtml({ code: 'cases-left-out', shown, total, unanswered, incomplete, artifact });
  return `<p id="cases-left-out">${sentence}${missing}</p>\n`;
}

type PlainCode = Extract<PageMessage['code'], `shows-${string}` | `search-${string}`>;

function contentCode(content: PageContent, hasPrompts: boolean): PlainCode {
  if (content === 'none') return 'shows-numbers';
  if (content === 'answers') return 'shows-answers';
  return hasPrompts ? 'shows-full' : 'shows-answers-of-batch-id';
}

const SEARCHED: Readonly<Record<PageContent, PlainCode>> = {
  full: 'search-full',
  answers: 'search-answers',
  none: 'search-numbers',
};
