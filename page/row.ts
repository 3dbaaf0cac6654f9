import { costText, LABELS, outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord, PageTokens } from '../src/core/page/case.ts';
import { formatCount } from '../src/core/text/numbers.ts';
import { element } from './element.ts';
import { kindOf } from './outcome.ts';

/** A case in the list: a line that is a button, and below it what it opens to. */
export interface Row {
  readonly found: CaseRecord;
  readonly item: HTMLLIElement;
  readonly button: HTMLButtonElement;
}

/** The line of a case, closed. */
export function createRow(found: CaseRecord): Row {
  const kind = kindOf(found);
  const { tokens } = found;
  const button = element('button', {
    class: 'row',
    attributes: { type: 'button', 'aria-expanded': 'false' },
    children: [
      cell('id', found.id),
      element('span', { class: `outcome ${kind}`, text: outcomeWords(kind).short }),
      cell('model', found.model ?? ''),
      cell('stop', found.stop_reason ?? found.error?.type ?? ''),
      tokens === null ? figure('', '') : inputFigure(tokens),
      tokens === null ? figure('', '') : figure(formatCount(tokens.output), LABELS.outUnit),
      figure(costText(found) ?? '', ''),
    ],
  });
  return { found, button, item: element('li', { children: [button] }) };
}

/** A name, which its column may cut: the title has all of it. */
function cell(name: string, text: string): HTMLElement {
  return element('bdi', { class: name, text, attributes: text === '' ? {} : { title: text } });
}

/** All input. The unit says if a part of it came from or went to the cache. */
function inputFigure({ input, cache_read, cache_write }: PageTokens): HTMLElement {
  const cached = cache_read + cache_write;
  return figure(formatCount(input + cached), cached === 0 ? LABELS.inUnit : LABELS.inAndCacheUnit);
}

/** A number with its unit, which is visible where columns have no titles; screen readers always read it. */
function figure(text: string, unit: string): HTMLElement {
  const label = text === '' || unit === '' ? undefined : element('span', { class: 'unit', text: ` ${unit}` });
  return element('span', { class: 'number', children: [document.createTextNode(text), label] });
}
