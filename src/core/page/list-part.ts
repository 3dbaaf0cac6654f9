import type { PageContent } from '../inputs/inputs.ts';
import type { Summary } from '../summary/summary.ts';
import { type Choice, leftOutSentence } from './choice.ts';
import { escapeHtml } from './html.ts';
import type { PageLinks } from './verdict-part.ts';
import { findFiles, whereHtml, whereText } from './whereabouts.ts';

/** What the list holds. */
export interface PageList extends PageLinks {
  readonly choice: Choice;
  readonly content: PageContent;
}

/**
 * The part of the page that lists the cases, without them: what it leaves out, and the controls, which stay hidden until
 * the script has filled the list. Its classes, ids and data attributes are those the script looks for.
 */
export function listHtml(
  summary: Pick<Summary, 'requests' | 'requests_file'>,
  { choice, content, artifact }: PageList,
): string {
  const hasPrompts = content === 'full' && summary.requests_file !== null;
  const { requests, results } = findFiles(summary, content, artifact);
  const leftOut = leftOutHtml(choice, whereHtml(results), (summary.requests.missing ?? 0) > 0);
  // A page that was not uploaded has no link.
  const isLinked = artifact === undefined ? '' : ' data-linked';
  return `<section id="list" data-requests="${escapeHtml(whereText(requests))}" data-results="${escapeHtml(whereText(results))}"${hasPrompts ? ' data-prompts' : ''}${isLinked}><h2>Cases</h2>
${leftOut}<p>${contentHtml(content, hasPrompts)}</p>
<noscript><p>The list of cases needs JavaScript, which is off. All results are in <code>results.jsonl</code> ${whereHtml(results)}.</p></noscript>
<div id="controls" hidden>
<label class="search">Search<input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="${SEARCHED[content]}"></label>
<label>Outcome<select id="outcome"></select></label>
<label>Model<select id="model"></select></label>
<label>Order<select id="order"></select></label>
</div>
<p id="status" role="status"></p>
<p id="hint" hidden><kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>Enter</kbd> open · <kbd>Esc</kbd> close</p>
<div id="heads" aria-hidden="true" hidden><span>Case</span><span>Outcome</span><span>Model</span><span>Stop reason</span><span class="number">In + cache</span><span class="number">Out</span><span class="number">Cost</span></div>
<ol id="cases"></ol>
</section>`;
}

function leftOutHtml(choice: Choice, where: string, hasMissing: boolean): string {
  const sentence = leftOutSentence(choice);
  if (sentence === undefined) return '';
  // Those without an answer come first, so only then may one of them be left out.
  const isMissingLeftOut = hasMissing && choice.unanswered > choice.positions.length;
  const missing = isMissingLeftOut
    ? ' A case without a result line that could be read is listed in <code>summary.json</code>.'
    : '';
  return `<p>${escapeHtml(sentence)} The rest is in results.jsonl ${where}.${missing}</p>`;
}

function contentHtml(content: PageContent, hasPrompts: boolean): string {
  if (content === 'full' && !hasPrompts) return WITHOUT_REQUESTS;
  return CONTENT[content];
}

const WITHOUT_REQUESTS =
  'Each case opens to its answer. Prompts are not known, since the batch was given by its id alone: <code>requests</code> beside <code>batch-id</code> brings them.';

const CONTENT: Readonly<Record<PageContent, string>> = {
  full: 'Each case opens to its prompt, its parameters and its answer.',
  answers:
    'Each case opens to its answer. Prompts are not in this page, though an answer may quote its own, as citations and thinking do.',
  none: 'This page holds figures, ids and error messages only: no prompts and no answers. An error message may quote a piece of a request.',
};

/** What the search looks at. */
const SEARCHED: Readonly<Record<PageContent, string>> = {
  full: 'in ids, prompts, answers and errors',
  answers: 'in ids, answers and errors',
  none: 'in ids and errors',
};
