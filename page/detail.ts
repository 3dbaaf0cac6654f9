import { formatCount } from '../src/core/report/numbers.ts';
import type { CaseRecord, PageText } from '../src/core/report/page/case.ts';
import { prettyJson } from '../src/core/report/page/pretty-json.ts';
import { element } from './element.ts';

/** What a case opens to: its figures in full, its error, its prompt and its answer. `link` is its fragment. */
export function createDetail(found: CaseRecord, link: string): HTMLElement {
  return element('div', {
    class: 'detail',
    children: [
      figuresOf(found),
      found.error === null ? undefined : textBlock('Error', `${found.error.type}: ${found.error.message}`),
      ...(found.prompt === null ? [] : shownText('Prompt', found.prompt, 'requests.jsonl')),
      ...(found.answer === null ? [] : shownText('Answer', found.answer, 'results.jsonl')),
      found.texts_left_out ? element('p', { text: LEFT_OUT }) : undefined,
      element('p', { children: [element('a', { text: 'Link to this case', attributes: { href: link } })] }),
    ],
  });
}

const LEFT_OUT =
  'Its texts are not in this page, which would be too large to open: they are in requests.jsonl and results.jsonl.';

function figuresOf({ id, position, model, stop_reason, tokens, usd }: CaseRecord): HTMLElement {
  const figures: readonly (readonly [string, string | undefined])[] = [
    ['Id', id],
    ['Place in the file', formatCount(position + 1)],
    ['Model', model ?? undefined],
    ['Stop reason', stop_reason ?? undefined],
    ['Input tokens', amountOf(tokens?.input)],
    ['Output tokens', amountOf(tokens?.output)],
    ['Cache read tokens', amountOf(tokens?.cache_read || undefined)],
    ['Cache write tokens', amountOf(tokens?.cache_write || undefined)],
    ['Cost', usd === null ? (tokens === null ? undefined : 'unknown') : `$${usd}`],
  ];
  const pairs = figures.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [element('div', { children: [element('dt', { text: name }), element('dd', { text: value })] })];
  });
  return element('dl', { children: pairs });
}

/** A text as it is in the page, and in which file the whole is. */
function shownText(name: string, { text, length, left_out }: PageText, file: string): (HTMLElement | undefined)[] {
  if (length === 0) return [textBlock(name, '(empty)')];
  const isWhole = left_out === 0;
  const json = isWhole ? prettyJson(text) : undefined;
  const shown = `${formatCount(length - left_out)} of ${formatCount(length)} characters are shown`;
  return [
    textBlock(json === undefined ? name : `${name} (JSON, indented)`, json ?? text),
    isWhole ? undefined : element('p', { text: `Not the whole text: ${shown}. The whole is in ${file}.` }),
  ];
}

/** A text under its name. It scrolls by itself when it is long, also by keyboard. */
function textBlock(name: string, text: string): HTMLElement {
  const attributes = { tabindex: '0', role: 'group', 'aria-label': name, dir: 'auto' };
  return element('div', { children: [element('h3', { text: name }), element('pre', { text, attributes })] });
}

function amountOf(count: number | undefined): string | undefined {
  return count === undefined ? undefined : formatCount(count);
}
