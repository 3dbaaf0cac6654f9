import { formatCount } from '../src/core/report/numbers.ts';
import type { CaseRecord } from '../src/core/report/page/case.ts';
import { element } from './element.ts';
import { outcomeOf } from './outcome.ts';

/** A case in the list: a line that is a button, and below it what it opens to. */
export interface Row {
  readonly found: CaseRecord;
  readonly item: HTMLLIElement;
  readonly button: HTMLButtonElement;
}

/** The line of a case, closed. */
export function createRow(found: CaseRecord): Row {
  const { kind, words } = outcomeOf(found);
  const { tokens } = found;
  const input = tokens === null ? null : tokens.input + tokens.cache_read + tokens.cache_write;
  const button = element('button', {
    class: 'row',
    attributes: { type: 'button', 'aria-expanded': 'false' },
    children: [
      cell('id', found.id),
      element('span', { class: `outcome ${kind}`, text: words }),
      cell('model', found.model ?? ''),
      cell('stop', found.stop_reason ?? found.error?.type ?? ''),
      figure(input === null ? '' : formatCount(input), 'in'),
      figure(tokens === null ? '' : formatCount(tokens.output), 'out'),
      figure(found.usd === null ? '' : `$${found.usd}`, ''),
    ],
  });
  return { found, button, item: element('li', { children: [button] }) };
}

function cell(name: string, text: string): HTMLElement {
  return element('bdi', { class: name, text });
}

/** A number with its unit, which is seen where there are no heads of columns, and always heard. */
function figure(text: string, unit: string): HTMLElement {
  const label = text === '' || unit === '' ? undefined : element('span', { class: 'unit', text: ` ${unit}` });
  return element('span', { class: 'number', children: [document.createTextNode(text), label] });
}
