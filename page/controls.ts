import { choiceText, LABELS, ORDER_NAMES, outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { rankOf } from '../src/core/results/whole-answer.ts';
import { type CaseName, printAddress, readAddress } from './address.ts';
import { byId } from './element.ts';
import type { List } from './list.ts';
import { kindOf } from './outcome.ts';
import { FIRST_VIEW, NO_MODEL, type View } from './view.ts';

/** The search starts this long after the last key. */
const PAUSE_MS = 120;

/** Fills the controls, and keeps list, controls and address in step. */
export function connectControls(cases: readonly CaseRecord[], list: List): void {
  const search = byId('search', HTMLInputElement);
  const outcome = byId('outcome', HTMLSelectElement);
  const model = byId('model', HTMLSelectElement);
  const order = byId('order', HTMLSelectElement);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the list shows; text that is typed but not yet searched for is not in it. */
  let view = FIRST_VIEW;
  /** The fragment as it was last read or written here. */
  let known = '';

  fill(outcome, countOutcomes(cases));
  fill(model, countModels(cases));
  for (const [value, name] of Object.entries(ORDER_NAMES)) order.append(new Option(name, value));

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
  /** `absent` is a case that a link asked for and that is not on the page. */
  const writeAddress = (absent?: CaseName): void => {
    const fragment = printAddress({ ...view, open: absent ?? list.latest() });
    // A fragment that is not the known one is a link just followed, whose event is still to come.
    if (location.hash !== known || fragment === known) return;
    // Where the address cannot be set (a sandboxed frame), the list works without.
    try {
      history.replaceState(null, '', fragment || '#');
      known = location.hash;
    } catch {}
  };
  const apply = (): void => {
    clearTimeout(timer);
    timer = undefined;
    view = readView();
    list.show(view);
  };
  const update = (): void => {
    apply();
    writeAddress();
  };
  const followAddress = (): void => {
    known = location.hash;
    const { open, ...asked } = readAddress(known);
    // A link to a case only does not ask for a view: the current one stays if it shows the case.
    if (open === undefined || printAddress({ ...asked, open: undefined }) !== '') place(asked);
    apply();
    if (open === undefined) {
      list.closeAll();
      writeAddress();
      return;
    }
    let found = list.open(open);
    if (found === 'hidden') {
      // A link to a case shows it, whatever the view.
      place({ ...FIRST_VIEW, order: view.order });
      apply();
      found = list.open(open);
    }
    if (found === 'absent') byId('status', HTMLElement).textContent = LABELS.caseNotFound;
    writeAddress(found === 'absent' ? open : undefined);
  };

  list.onToggle(() => writeAddress());
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE_MS);
  });
  // On Enter, or when the focus leaves, search at once.
  search.addEventListener('change', () => {
    if (timer !== undefined) update();
  });
  for (const select of [outcome, model, order]) select.addEventListener('change', update);
  addEventListener('hashchange', followAddress);
  for (const id of ['controls', 'hint', 'heads']) byId(id, HTMLElement).hidden = false;
  followAddress();
}

/** A value that is not among the choices means the first. */
function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  if (select.selectedIndex === -1) select.selectedIndex = 0;
}

function fill(select: HTMLSelectElement, choices: readonly (readonly [string, string, number])[]): void {
  const options = choices.map(([value, words, count]) => new Option(choiceText(words, count), value));
  select.append(new Option(LABELS.all, ''), ...options);
}

function countOutcomes(cases: readonly CaseRecord[]): (readonly [string, string, number])[] {
  const failing = cases.filter((found) => rankOf(found) < 2).length;
  const counts = countBy(cases.map(kindOf), (kind) => kind);
  const kinds = Array.from(counts.values(), ({ first, count }) => [first, outcomeWords(first).name, count] as const);
  return failing === 0 ? kinds : [['failing', LABELS.failing, failing], ...kinds];
}

function countModels(cases: readonly CaseRecord[]): (readonly [string, string, number])[] {
  const models = cases.flatMap(({ model }) => model || []);
  const named = Array.from(
    countBy(models, (name) => name).values(),
    ({ first, count }) => [first, first, count] as const,
  );
  const others = cases.length - models.length;
  return others === 0 ? named : [...named, [NO_MODEL, LABELS.noModel, others]];
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
