import { costText, cutText, type FileLocation, LABELS, textlessText } from '../src/core/messages/page-script.ts';
import type { CaseRecord, PageText } from '../src/core/page/case.ts';
import { formatCount } from '../src/core/text/numbers.ts';
import type { About } from './cases.ts';
import { element } from './element.ts';

/** What a case opens to: its numbers in full, its error, its texts, and its link, which is a fragment. */
export function createDetail(found: CaseRecord, link: string, about: About): HTMLElement {
  const { error, prompt, parameters, answer } = found;
  const requests: FileLocation = { file: 'requests.jsonl', artifact: about.requests };
  const results: FileLocation = { file: 'results.jsonl', artifact: about.results };
  return element('div', {
    class: 'detail',
    children: [
      factsOf(found),
      error === null
        ? undefined
        : shownText('error', { ...error.message, head: `${error.type}: ${error.message.head}` }, results),
      answer === null ? undefined : shownText('answer', answer, results),
      prompt === null ? undefined : shownText('prompt', prompt, requests),
      parameters === null ? undefined : shownText('parameters', parameters, requests),
      found.texts_left_out ? textlessNote(found, about, { requests, results }) : undefined,
      linkOf(link, about),
    ],
  });
}

function textlessNote(
  { outcome }: CaseRecord,
  { hasPrompts }: About,
  { requests, results }: { readonly requests: FileLocation; readonly results: FileLocation },
): HTMLElement {
  const answer = outcome === 'succeeded' ? results : undefined;
  const text = textlessText({ answer, prompt: hasPrompts ? requests : undefined });
  return element('p', { class: 'textless', text });
}

function linkOf(link: string, { isLinked }: About): HTMLElement {
  const share = [LABELS.shareBefore, element('code', { text: link }), LABELS.shareAfter];
  return element('p', {
    class: 'share',
    children: [element('a', { text: LABELS.link, attributes: { href: link } }), ...(isLinked ? share : [])],
  });
}

function factsOf(found: CaseRecord): HTMLElement {
  const { id, position, model, stop_reason, tokens } = found;
  const facts: readonly (readonly [keyof typeof LABELS, string | undefined])[] = [
    ['id', id],
    ['position', formatCount(position + 1)],
    ['model', model ?? undefined],
    ['stopReason', stop_reason ?? undefined],
    ['inputTokens', amountOf(tokens?.input)],
    ['outputTokens', amountOf(tokens?.output)],
    ['cacheRead', amountOf(tokens?.cache_read || undefined)],
    ['cacheWrite', amountOf(tokens?.cache_write || undefined)],
    ['cost', costText(found)],
  ];
  const pairs = facts.flatMap(([name, value]) => {
    if (value === undefined) return [];
    const children = [element('dt', { text: LABELS[name] }), element('dd', { text: value })];
    return [element('div', { attributes: { 'data-fact': name }, children })];
  });
  return element('dl', { children: pairs });
}

/** A text under its name: whole, or its head and its tail with a note between them that says what is left out. */
function shownText(
  name: 'error' | 'answer' | 'prompt' | 'parameters',
  { head, left_out, tail }: PageText,
  location: FileLocation,
): HTMLElement {
  const label = LABELS[name];
  const rest = [
    element('p', { class: 'left-out', text: cutText(left_out, location) }),
    textBlock(`${label}, ${LABELS.end}`, tail),
  ];
  return element('div', {
    attributes: { 'data-text': name },
    children: [
      element('h3', { text: label }),
      textBlock(label, head === '' ? LABELS.empty : head),
      ...(left_out === 0 ? [] : rest),
    ],
  });
}

/** A long one scrolls on its own, also by keyboard. */
function textBlock(label: string, text: string): HTMLElement {
  return element('pre', { text, attributes: { tabindex: '0', role: 'group', 'aria-label': label, dir: 'auto' } });
}

function amountOf(count: number | undefined): string | undefined {
  return count === undefined ? undefined : formatCount(count);
}
