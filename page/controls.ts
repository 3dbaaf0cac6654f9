import { filtersText, LABELS, statusText, textlessCasesText } from '../src/core/messages/page-script.ts';
import { type CaseName, printAddress, readAddress } from './address.ts';
import type { About } from './cases.ts';
import { downloadCsv } from './download.ts';
import { byId } from './element.ts';
import { createFilters } from './filters.ts';
import { hasGrades } from './grades.ts';
import { createHeads } from './heads.ts';
import type { List } from './list.ts';
import { answersOf, type ListedCase } from './listed-case.ts';
import { isPartlyUnsearched } from './outcome.ts';
import { FIRST_VIEW, type View } from './view.ts';

/** The search starts this long after the last key. */
const PAUSE_MS = 120;

/** Fills the controls, and keeps list, controls and address in step. */
export function connectControls(cases: readonly ListedCase[], list: List, { leftOut, totals, csvName }: About): void {
  const search = byId('search', HTMLInputElement);
  const status = byId('status', HTMLElement);
  const reset = byId('reset', HTMLButtonElement);
  const unfold = byId('unfold', HTMLButtonElement);
  const none = createNone(() => clear());
  const filters = createFilters(cases, totals);
  const unsearched = cases.filter((found) => answersOf(found).some(isPartlyUnsearched)).length;
  const isMixed = hasGrades(cases) && cases.some(({ grade }) => grade === undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the list shows; text that is typed but not yet searched for is not in it. */
  let view = FIRST_VIEW;
  /** The fragment as it was last read or written here. */
  let known = '';

  const place = (asked: View): void => {
    search.value = asked.search;
    filters.place(asked);
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
    view = { search: search.value, ...filters.read() };
    list.show(view);
    const isSearch = view.search.trim() !== '';
    const shown = list.cases().length;
    const { outcome, metric, metadata, stop, model } = view;
    const count = [outcome, metric, metadata, stop, model].filter((value) => value !== '').length;
    // Of an outcome alone the page knows how many it does not list.
    const total = count === 1 && !isSearch ? totals.get(outcome) : undefined;
    status.textContent = statusText({
      shown,
      total: cases.length,
      leftOut: total === undefined ? leftOut : Math.max(0, total - shown),
      isOfFilter: total !== undefined,
      unsearched: isSearch ? unsearched : 0,
      isMixed,
    });
    heads.show(view.order);
    unfold.textContent = filtersText(count);
    reset.hidden = count === 0 && !isSearch;
    none.hidden = shown > 0 || reset.hidden;
  };
  const update = (): void => {
    apply();
    writeAddress();
  };
  const heads = createHeads((order) => {
    filters.place({ ...filters.read(), order });
    update();
  });
  const followAddress = (): void => {
    known = location.hash;
    const { open, ...asked } = readAddress(known);
    const isViewAsked = printAddress({ ...asked, open: undefined }) !== '';
    // A link to a case only does not ask for a view: the current one stays if it shows the case.
    if (open === undefined || isViewAsked) place(asked);
    apply();
    if (open === undefined) {
      list.closeAll();
      // Who follows a link to some cases wants to see those.
      if (isViewAsked) byId('list', HTMLElement).scrollIntoView({ block: 'start' });
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
    if (found === 'absent') status.textContent = LABELS.caseNotFound;
    writeAddress(found === 'absent' ? open : undefined);
  };

  const clear = (): void => {
    place({ ...FIRST_VIEW, order: view.order });
    update();
    search.focus();
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
  filters.onChange(update);
  reset.textContent = LABELS.reset;
  reset.addEventListener('click', () => clear());
  unfold.addEventListener('click', () => {
    const isUnfolded = byId('controls', HTMLElement).classList.toggle('unfolded');
    unfold.ariaExpanded = String(isUnfolded);
  });
  const csv = byId('csv', HTMLButtonElement);
  csv.textContent = LABELS.csv;
  csv.addEventListener('click', () => downloadCsv(list.cases().flatMap(answersOf), csvName));
  showTextless(cases);
  byId('bar', HTMLElement).hidden = false;
  addEventListener('hashchange', followAddress);
  followAddress();
}

/** What stands in place of the list where no case is in the view. */
function createNone(clear: () => void): HTMLElement {
  const none = byId('none', HTMLElement);
  const [words, button] = none.children;
  if (words !== undefined) words.textContent = LABELS.noneShown;
  if (button !== undefined) {
    button.textContent = LABELS.reset;
    button.addEventListener('click', clear);
  }
  return none;
}

/** Says for how many cases the page has no room for texts. */
function showTextless(cases: readonly ListedCase[]): void {
  const count = cases.filter((found) => answersOf(found).some(({ texts_left_out }) => texts_left_out)).length;
  if (count === 0) return;
  const note = byId('textless', HTMLElement);
  note.textContent = textlessCasesText(count, cases.length);
  note.hidden = false;
}
