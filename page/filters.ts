import { choiceText, LABELS, ORDER_NAMES, outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { byId } from './element.ts';
import { kindOf } from './outcome.ts';
import { FACETS, FIRST_VIEW, NONE, OUTCOME_GROUPS, type View } from './view.ts';

type Choice = readonly [value: string, words: string, count: number];

/** The selections beside the search, by their part of the view. */
export interface Filters {
  readonly read: () => Omit<View, 'search'>;
  readonly place: (view: Omit<View, 'search'>) => void;
  readonly onChange: (listener: () => void) => void;
}

/** Fills them with what the cases have. */
export function createFilters(cases: readonly CaseRecord[]): Filters {
  const [outcome, stop, model, order] = (['outcome', 'stop', 'model', 'order'] as const).map((id) =>
    byId(id, HTMLSelectElement),
  ) as [HTMLSelectElement, HTMLSelectElement, HTMLSelectElement, HTMLSelectElement];
  fill(outcome, outcomesOf(cases));
  fill(stop, facetsOf(cases, FACETS.stop, LABELS.noStop));
  fill(model, facetsOf(cases, FACETS.model, LABELS.noModel));
  for (const [value, name] of Object.entries(ORDER_NAMES)) order.append(new Option(name, value));
  const place = (view: Omit<View, 'search'>): void => {
    choose(outcome, view.outcome);
    choose(stop, view.stop);
    choose(model, view.model);
    choose(order, view.order);
  };
  place(FIRST_VIEW);
  return {
    read: () => ({ outcome: outcome.value, stop: stop.value, model: model.value, order: order.value }),
    place,
    onChange: (listener) => {
      for (const select of [outcome, stop, model, order]) select.addEventListener('change', listener);
    },
  };
}

/** A value that is not among the choices means the first. */
function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  if (select.selectedIndex === -1) select.selectedIndex = 0;
}

function fill(select: HTMLSelectElement, choices: readonly Choice[]): void {
  const options = choices.map(([value, words, count]) => new Option(choiceText(words, count), value));
  select.append(new Option(LABELS.all, ''), ...options);
}

function outcomesOf(cases: readonly CaseRecord[]): Choice[] {
  const kinds = Array.from(
    Map.groupBy(cases, kindOf),
    ([kind, found]) => [kind, outcomeWords(kind).name, found.length] as const,
  );
  const groups = Array.from(OUTCOME_GROUPS, ([group, has]) => {
    const count = cases.filter(has).length;
    return [group, LABELS[group as 'failing' | 'unanswered'], count] as const;
  });
  // A group that is one kind alone is that kind.
  return [...groups.filter(([, , count]) => count > 0), ...kinds];
}

function facetsOf(cases: readonly CaseRecord[], facetOf: (found: CaseRecord) => string, none: string): Choice[] {
  const choices = Array.from(
    Map.groupBy(cases, facetOf),
    ([value, found]) => [value, value === NONE ? none : value, found.length] as const,
  );
  return choices.sort(([one], [other]) => Number(one === NONE) - Number(other === NONE));
}
