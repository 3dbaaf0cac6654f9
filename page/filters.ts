import { GRADE_NAMES, type GradeName } from '../src/core/messages/outcome-names.ts';
import { choiceText, LABELS, metricFailsText, ORDER_NAMES, outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { byId } from './element.ts';
import { FACETS, FAILS, metadataOf, metricsOf, NONE, reuseOf } from './facets.ts';
import { GRADE_TESTS, hasGrades } from './grades.ts';
import { answersOf, type ListedCase } from './listed-case.ts';
import { kindOf } from './outcome.ts';
import { FIRST_VIEW, OUTCOME_GROUPS, type View } from './view.ts';

type Choice = readonly [value: string, words: string, count: number];
type Asked = Omit<View, 'search'>;

/** The selections beside the search, by their part of the view. */
export interface Filters {
  readonly read: () => Asked;
  readonly place: (view: Asked) => void;
  readonly onChange: (listener: () => void) => void;
}

/** Values of a key of metadata, above which nobody would look for one in a list. */
const MAX_VALUES = 30;

const FILTERS = ['outcome', 'metric', 'metadata', 'stop', 'model', 'reuse', 'order'] as const;

/** Fills them with what the cases have. What there is nothing of is not shown. */
export function createFilters(cases: readonly ListedCase[], totals: ReadonlyMap<string, number>): Filters {
  const selects = new Map(FILTERS.map((name) => [name, byId(name, HTMLSelectElement)]));
  const of = (name: (typeof FILTERS)[number]): HTMLSelectElement => selects.get(name) as HTMLSelectElement;
  fill(of('outcome'), outcomesOf(cases), totals);
  fillOrRemove(of('metric'), metricChoices(cases));
  fillOrRemove(of('metadata'), metadataChoices(cases));
  fill(of('stop'), facetsOf(cases, FACETS.stop, LABELS.noStop));
  fill(of('model'), facetsOf(cases, FACETS.model, LABELS.noModel));
  fillOrRemove(of('reuse'), reuseChoices(cases));
  const isGraded = hasGrades(cases);
  for (const [value, name] of Object.entries(ORDER_NAMES))
    if (isGraded || !value.endsWith('score')) of('order').append(new Option(name, value));
  const place = (view: Asked): void => {
    // Where nothing is graded, what has no complete answer is what fails.
    const outcome = view.outcome === 'incomplete' && !isGraded ? 'failing' : view.outcome;
    for (const name of FILTERS) choose(of(name), name === 'outcome' ? outcome : view[name]);
  };
  place(FIRST_VIEW);
  return {
    read: () => Object.fromEntries(FILTERS.map((name) => [name, of(name).value])) as unknown as Asked,
    place,
    onChange: (listener) => {
      for (const select of selects.values()) select.addEventListener('change', listener);
    },
  };
}

/** A value that is not among the choices means the first. */
function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  if (select.selectedIndex === -1) select.selectedIndex = 0;
}

function fill(select: HTMLSelectElement, choices: readonly Choice[], totals?: ReadonlyMap<string, number>): void {
  const options = choices.map(
    ([value, words, count]) => new Option(choiceText(words, count, totals?.get(value)), value),
  );
  select.append(new Option(LABELS.all, ''), ...options);
}

function fillOrRemove(select: HTMLSelectElement, choices: readonly Choice[]): void {
  fill(select, choices);
  if (choices.length === 0) select.closest('label')?.remove();
}

function outcomesOf(cases: readonly ListedCase[]): Choice[] {
  const kinds = Array.from(
    countBy(cases, (answer) => [kindOf(answer)]),
    ([kind, count]) => [kind, outcomeWords(kind).name, count] as const,
  );
  const countOf = (has: (found: CaseRecord) => boolean): number => cases.filter(has).length;
  const groups = Array.from(OUTCOME_GROUPS, ([group, has]): Choice => {
    const count = cases.filter((found) => answersOf(found).some(has)).length;
    return [group, LABELS[group as 'incomplete' | 'unanswered'], count];
  });
  const grades = (Object.keys(GRADE_TESTS) as GradeName[]).map(
    (name): Choice => [name, GRADE_NAMES[name], countOf(GRADE_TESTS[name])],
  );
  const named = hasGrades(cases)
    ? [...grades, ...groups]
    : groups.map(([group, words, count]): Choice => [group === 'incomplete' ? 'failing' : group, words, count]);
  // A group that is one kind alone is that kind.
  return [...named.filter(([, , count]) => count > 0), ...kinds];
}

/** None where nothing is reused. */
function reuseChoices(cases: readonly ListedCase[]): Choice[] {
  const counts = countBy(cases, (answer) => [reuseOf(answer)]);
  if (!counts.has('reused')) return [];
  const choices: Choice[] = [
    ['sent', LABELS.sentNow, counts.get('sent') ?? 0],
    ['reused', LABELS.reusedAnswers, counts.get('reused') ?? 0],
  ];
  return choices.filter(([, , count]) => count > 0);
}

/** Metrics as they occur, each with the cases in which it does not pass, if any. */
function metricChoices(cases: readonly ListedCase[]): Choice[] {
  const counts = countBy(cases, metricsOf);
  return Array.from(counts).flatMap(([metric, count]): Choice[] => {
    if (metric.startsWith(FAILS) && counts.has(metric.slice(FAILS.length))) return [];
    const fails = counts.get(FAILS + metric);
    const all: Choice = [metric, metric, count];
    return fails === undefined ? [all] : [all, [FAILS + metric, metricFailsText(metric), fails]];
  });
}

/** Keys that have few values, each with these. */
function metadataChoices(cases: readonly ListedCase[]): Choice[] {
  const keys = Map.groupBy(countBy(cases, metadataOf), ([pair]) => pair.slice(0, pair.indexOf('=')));
  const few = [...keys.values()].filter((pairs) => pairs.length <= MAX_VALUES).flat();
  return few.map(([pair, count]) => [pair, pair, count]);
}

function facetsOf(cases: readonly ListedCase[], facetOf: (found: CaseRecord) => string, none: string): Choice[] {
  const choices = Array.from(
    countBy(cases, (answer) => [facetOf(answer)]),
    ([value, count]) => [value, value === NONE ? none : value, count] as const,
  );
  return choices.sort(([one], [other]) => Number(one === NONE) - Number(other === NONE));
}

/** How many cases have each of the values of an answer, in the order in which they occur. */
function countBy<Value>(
  cases: readonly ListedCase[],
  valuesOf: (answer: CaseRecord) => readonly Value[],
): ReadonlyMap<Value, number> {
  const counts = new Map<Value, number>();
  for (const found of cases)
    for (const value of new Set(answersOf(found).flatMap(valuesOf))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
