import type { PageContent } from './case.ts';
import { type Choice, leftOutSentence } from './choice.ts';
import { codeHtml, escapeHtml } from './html.ts';
import type { PageLinks } from './verdict-part.ts';

/** What the list holds. */
export interface PageList extends PageLinks {
  readonly choice: Choice;
  readonly content: PageContent;
  /** Whether there are cases without a result line. */
  readonly hasMissing: boolean;
}

/**
 * The part of the page that lists the cases, without them: what it leaves out, and the controls, which stay hidden until
 * the script has filled the list. Its classes and ids are those the script looks for.
 */
export function listHtml({ choice, content, hasMissing, artifact }: PageList): string {
  const leftOut = leftOutSentence(choice, 'in results.jsonl');
  const where = whereOf(content, artifact);
  // Those without an answer come first, so only then may one of them be left out.
  const isMissingLeftOut = hasMissing && choice.unanswered > choice.positions.length;
  const missing = isMissingLeftOut ? ' A case without a result line is listed in <code>summary.json</code>.' : '';
  const sentence = leftOut === undefined ? '' : `<p>${escapeHtml(leftOut)}${where}${missing}</p>`;
  return `<section id="list" data-content="${content}"><h2>Cases</h2>
${sentence}<p>${CONTENT[content]}</p>
<noscript><p>The list of cases needs JavaScript, which is off. All results are in <code>results.jsonl</code>.${where}</p></noscript>
<div id="controls" hidden>
<label class="search">Search<input type="search" id="search" autocomplete="off" spellcheck="false"></label>
<label>Outcome<select id="outcome"></select></label>
<label>Model<select id="model"></select></label>
<label>Order<select id="order"></select></label>
</div>
<p id="status" role="status"></p>
<p id="hint" hidden><kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>Enter</kbd> open · <kbd>Esc</kbd> close</p>
<div id="heads" aria-hidden="true" hidden><span>Case</span><span>Outcome</span><span>Model</span><span>Stop reason</span><span class="number">In</span><span class="number">Out</span><span class="number">Cost</span></div>
<ol id="cases"></ol>
</section>`;
}

/** Where `results.jsonl` is, as a sentence of HTML after a space; empty where that needs no saying. */
function whereOf(content: PageContent, artifact: PageLinks['artifact']): string {
  if (content === 'none')
    return ' With <code>content: none</code> it stays in <code>results-path</code> on the runner, for later steps of the job.';
  return artifact === undefined ? '' : ` It is in the artifact ${codeHtml(artifact.name, 100)}.`;
}

const CONTENT: Readonly<Record<PageContent, string>> = {
  full: 'Each case opens to its prompt and its answer.',
  answers: 'Each case opens to its answer. Prompts are not in this page.',
  none: 'This page holds figures, ids and error messages only: no prompts and no answers. An error message may quote a piece of a request.',
};
