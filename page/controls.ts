import { formatCount } from '../src/core/report/numbers.ts';
import type { CaseRecord } from '../src/core/report/page/case.ts';
import { rankOf } from '../src/core/report/page/whole-answer.ts';
import { printAddress, readAddress } from './address.ts';
import { byId } from './element.ts';
import type { List } from './list.ts';
import { outcomeOf } from './outcome.ts';
import { FIRST_VIEW, ORDERS, type View } from './view.ts';

/** So long after the last key the search begins. */
const PAUSE_MS = 120;

/** Fills the controls, and keeps list, controls and address saying the same. */
export function connectControls(cases: readonly CaseRecord[], list: List): void {
  const search = byId('search', HTMLInputElement);
  const outcome = byId('outcome', HTMLSelectElement);
  const model = byId('model', HTMLSelectElement);
  const order = byId('order', HTMLSelectElement);
  let openId: string | undefined;

  fill(outcome, 'All', countOutcomes(cases));
  fill(model, 'All', countModels(cases));
  for (const [value, { words }] of ORDERS) order.append(new Option(words, value));

  const readView = (): View => ({
    search: search.value,
    outcome: outcome.value,
    model: model.value,
    order: order.value,
  });
  const place = (view: View): void => {
    search.value = view.search;
    choose(outcome, view.outcome);
    choose(model, view.model);
    choose(order, view.order);
  };
  // An address that cannot be set (a sandboxed frame) takes nothing from the list.
  const writeAddress = (): void => {
    try {
      history.replaceState(null, '', printAddress({ ...readView(), id: openId }) || '#');
    } catch {}
  };
  const update = (): void => {
    list.show(readView());
    writeAddress();
  };
  const obey = (): void => {
    const { id, ...view } = readAddress(location.hash);
    // A link to a case alone says nothing about the view: it stays where it shows the case.
    if (id !== undefined && printAddress({ ...view, id: undefined }) === '' && list.open(id)) return;
    place(view);
    list.show(readView());
    if (id === undefined || list.open(id)) return;
    // The case may be there and only not wanted: who follows a link wants it.
    place({ ...FIRST_VIEW, order: view.order });
    list.show(readView());
    if (!list.open(id)) byId('status', HTMLElement).textContent = NOT_HERE;
  };

  list.onTurn((id, isOpen) => {
    if (isOpen) openId = id;
    else if (openId === id) openId = undefined;
    writeAddress();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE_MS);
  });
  for (const select of [outcome, model, order]) select.addEventListener('change', update);
  addEventListener('hashchange', obey);
  for (const id of ['controls', 'hint', 'heads']) byId(id, HTMLElement).hidden = false;
  obey();
}

const NOT_HERE = 'The case of this link is not in this page.';

/** A value that is none of the choices means the first. */
function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  if (select.selectedIndex === -1) select.selectedIndex = 0;
}

function fill(select: HTMLSelectElement, all: string, choices: readonly (readonly [string, string, number])[]): void {
  const options = choices.map(([value, words, count]) => new Option(`${words} (${formatCount(count)})`, value));
  select.append(new Option(all, ''), ...options);
}

function countOutcomes(cases: readonly CaseRecord[]): (readonly [string, string, number])[] {
  const failing = cases.filter((found) => rankOf(found) < 2).length;
  const counts = countBy(cases.map(outcomeOf), ({ kind }) => kind);
  const kinds = Array.from(counts.values(), ({ first, count }) => [first.kind, first.words, count] as const);
  return failing === 0 ? kinds : [['failing', 'No whole answer', failing], ...kinds];
}

function countModels(cases: readonly CaseRecord[]): (readonly [string, string, number])[] {
  const models = cases.flatMap(({ model }) => (model === null ? [] : [model]));
  return Array.from(countBy(models, (name) => name).values(), ({ first, count }) => [first, first, count]);
}

function countBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, { first: T; count: number }> {
  const counts = new Map<string, { first: T; count: number }>();
  for (const value of values) {
    const known = counts.get(keyOf(value));
    if (known === undefined) counts.set(keyOf(value), { first: value, count: 1 });
    else known.count += 1;
  }
  return counts;
}
