import type { CaseRecord, PageText } from '../src/core/page/case.ts';
import { formatCount } from '../src/core/text/numbers.ts';
import type { About } from './about.ts';
import { costText } from './cost.ts';
import { element } from './element.ts';

/** What a case opens to: its figures in full, its error, its texts, and its link, which is a fragment. */
export function createDetail(found: CaseRecord, link: string, about: About): HTMLElement {
  const { error, prompt, parameters, answer } = found;
  const [inRequests, inResults] = [`in requests.jsonl ${about.requests}`, `in results.jsonl ${about.results}`];
  return element('div', {
    class: 'detail',
    children: [
      figuresOf(found),
      ...(error === null ? [] : shownError(error, inResults)),
      ...(prompt === null ? [] : shownText('Prompt', prompt, inRequests)),
      ...(parameters === null ? [] : shownText('Parameters', parameters, inRequests)),
      ...(answer === null ? [] : shownText('Answer', answer, inResults)),
      found.texts_left_out ? element('p', { text: leftOutText(found, about, inRequests, inResults) }) : undefined,
      linkOf(link, about),
    ],
  });
}

/** Says which texts the page has no room for, and where they are. */
function leftOutText({ outcome }: CaseRecord, about: About, inRequests: string, inResults: string): string {
  const places = [
    ...(about.hasPrompts ? [`the prompt is ${inRequests}`] : []),
    ...(outcome === 'succeeded' ? [`the answer is ${inResults}`] : []),
  ];
  return `Its texts are not in this page, which would be too large to open: ${places.join('; ')}.`;
}

function linkOf(link: string, { isLinked }: About): HTMLElement {
  const share = [' · To share it, put ', element('code', { text: link }), SHARE];
  return element('p', {
    class: 'share',
    children: [element('a', { text: 'Link to this case', attributes: { href: link } }), ...(isLinked ? share : [])],
  });
}

/** GitHub leads to an address that is good for minutes, and keeps the fragment on the way there. */
const SHARE = " behind the page's link in the comment or the job summary; the address in the browser's bar expires.";

function figuresOf(found: CaseRecord): HTMLElement {
  const { id, position, model, stop_reason, tokens } = found;
  const figures: readonly (readonly [string, string | undefined])[] = [
    ['Id', id],
    ['Place among all requests', formatCount(position + 1)],
    ['Model', model ?? undefined],
    ['Stop reason', stop_reason ?? undefined],
    ['Input tokens', amountOf(tokens?.input)],
    ['Output tokens', amountOf(tokens?.output)],
    ['Cache read tokens', amountOf(tokens?.cache_read || undefined)],
    ['Cache write tokens', amountOf(tokens?.cache_write || undefined)],
    ['Cost', costText(found)],
  ];
  const pairs = figures.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [element('div', { children: [element('dt', { text: name }), element('dd', { text: value })] })];
  });
  return element('dl', { children: pairs });
}

function shownError(
  { type, message, left_out }: NonNullable<CaseRecord['error']>,
  where: string,
): (HTMLElement | undefined)[] {
  const shown = textBlock('Error', `${type}: ${message}`);
  if (left_out === 0) return [shown];
  const missing = `${formatCount(left_out)} more characters are not shown`;
  return [shown, element('p', { text: `Not the whole message: ${missing}. The whole is ${where}.` })];
}

/** A text as it is in the page, and where the whole is. */
function shownText(name: string, given: PageText, where: string): (HTMLElement | undefined)[] {
  const { text, length, left_out, indented } = given;
  if (length === 0) return [textBlock(name, '(empty)')];
  const block = textBlock(indented ? `${name} (JSON, indented)` : name, text);
  if (left_out === 0) return [block];
  const shown = `${formatCount(length - left_out)} of ${formatCount(length)} characters are shown`;
  return [block, element('p', { text: `Not the whole text: ${shown}. The whole is ${where}.` })];
}

/** A text under its name. It scrolls by itself when it is long, also by keyboard. */
function textBlock(name: string, text: string): HTMLElement {
  const attributes = { tabindex: '0', role: 'group', 'aria-label': name, dir: 'auto' };
  return element('div', { children: [element('h3', { text: name }), element('pre', { text, attributes })] });
}

function amountOf(count: number | undefined): string | undefined {
  return count === undefined ? undefined : formatCount(count);
}
