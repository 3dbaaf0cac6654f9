import { statusText, textlessCasesText } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { type CaseName, printAddress } from './address.ts';
import type { About } from './cases.ts';
import { createDetail } from './detail.ts';
import { byId } from './element.ts';
import { isPartlyUnsearched } from './outcome.ts';
import { createRow, type Row } from './row.ts';
import { FIRST_VIEW, isWanted, ORDERS, type View } from './view.ts';

/** The list of cases on the screen. */
export interface List {
  /**
   * Shows the cases of the view in its order, and says how many there are and, for a search, what it cannot see. Open cases
   * stay open, even while hidden.
   */
  readonly show: (view: View) => void;
  /** Opens a case, scrolls to it and focuses it, even if it is open already. Does nothing for a hidden or unknown case. */
  readonly open: (name: CaseName) => 'open' | 'hidden' | 'absent';
  /** The last opened case that is still open and not hidden. */
  readonly latest: () => CaseName | undefined;
  /** Closes the case that has the focus, which goes to its line. False if there is none. */
  readonly close: () => boolean;
  readonly closeAll: () => void;
  /** Moves the focus by this many lines. */
  readonly move: (by: number) => void;
  /** Called when the reader opens, closes or chooses a case in the list. */
  readonly onToggle: (listener: () => void) => void;
}

/** Makes a line for every case; details are made when one is opened. */
export function createList(cases: readonly CaseRecord[], about: About): List {
  const holder = byId('cases', HTMLOListElement);
  const status = byId('status', HTMLElement);
  const rows = cases.map(createRow);
  const rowOfItem = new Map(rows.map((row): [Element, Row] => [row.item, row]));
  const unsearched = cases.filter(isPartlyUnsearched).length;
  const rowsOfId = Map.groupBy(rows, ({ found }) => found.id);
  showTextless(cases);
  let shown: readonly Row[] = [];
  /** In the order of opening. */
  let opened: readonly Row[] = [];
  let listener = (): void => {};

  const nameOf = ({ found: { id, position } }: Row): CaseName => ({
    id,
    place: (rowsOfId.get(id)?.length ?? 0) > 1 ? position + 1 : undefined,
  });
  const toggle = (row: Row, isOpen: boolean): void => {
    const others = opened.filter((other) => other !== row);
    const wasOpen = others.length < opened.length;
    opened = isOpen ? [...others, row] : others;
    if (wasOpen === isOpen) return;
    row.button.ariaExpanded = String(isOpen);
    if (isOpen) row.item.append(createDetail(row.found, printAddress({ ...FIRST_VIEW, open: nameOf(row) }), about));
    else row.item.lastElementChild?.remove();
    row.item.classList.toggle('open', isOpen);
  };
  const goTo = (row: Row): void => {
    toggle(row, true);
    row.button.scrollIntoView({ block: 'start' });
    row.button.focus({ preventScroll: true });
  };
  const rowAt = (node: Element | null): Row | undefined => rowOfItem.get(node?.closest('#cases > li') as Element);

  holder.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('button.row, a[href^="#case="]') : null;
    const row = rowAt(target);
    if (row === undefined) return;
    if (target === row.button) {
      toggle(row, !opened.includes(row));
    } else {
      // With these keys the browser opens it elsewhere.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      // The browser does nothing if the address is this link already.
      event.preventDefault();
      goTo(row);
    }
    listener();
  });

  return {
    show: (view) => {
      const compare = ORDERS.get(view.order) ?? ORDERS.get(FIRST_VIEW.order);
      const wanted = rows
        .filter(({ found }) => isWanted(found, view))
        .sort((one, other) => compare?.(one.found, other.found) ?? 0);
      if (!isSame(shown, wanted)) putIn(holder, wanted);
      shown = wanted;
      const isSearch = view.search.trim() !== '';
      const counts = { shown: shown.length, total: rows.length, unsearched: isSearch ? unsearched : 0 };
      status.textContent = statusText(counts);
    },
    open: ({ id, place }) => {
      const named = rowsOfId.get(id) ?? [];
      const row =
        place === undefined
          ? (named.find(isShown) ?? named[0])
          : named.find(({ found }) => found.position + 1 === place);
      if (row === undefined) return 'absent';
      if (!isShown(row)) return 'hidden';
      goTo(row);
      return 'open';
    },
    latest: () => {
      const row = opened.findLast(isShown);
      return row === undefined ? undefined : nameOf(row);
    },
    close: () => {
      const row = rowAt(document.activeElement);
      if (row === undefined || !opened.includes(row)) return false;
      toggle(row, false);
      row.button.focus();
      listener();
      return true;
    },
    closeAll: () => {
      for (const row of opened) toggle(row, false);
    },
    move: (by) => {
      const row = rowAt(document.activeElement);
      const at = row === undefined ? (by > 0 ? -1 : shown.length) : shown.indexOf(row);
      shown[Math.min(Math.max(at + by, 0), shown.length - 1)]?.button.focus();
    },
    onToggle: (given) => {
      listener = given;
    },
  };
}

/** Says for how many cases the page has no room for texts. */
function showTextless(cases: readonly CaseRecord[]): void {
  const count = cases.filter((found) => found.texts_left_out).length;
  if (count === 0) return;
  const note = byId('textless', HTMLElement);
  note.textContent = textlessCasesText(count, cases.length);
  note.hidden = false;
}

/** Whether a case is in the list, which has only the cases of the view. */
function isShown({ item }: Row): boolean {
  return item.isConnected;
}

function isSame(some: readonly Row[], others: readonly Row[]): boolean {
  return some.length === others.length && some.every((row, index) => row === others[index]);
}

/** Replaces the lines of the list. The focus stays on a line that is still there. */
function putIn(holder: HTMLElement, rows: readonly Row[]): void {
  const focused = document.activeElement;
  holder.replaceChildren(...rows.map(({ item }) => item));
  if (focused instanceof HTMLElement && holder.contains(focused)) focused.focus({ preventScroll: true });
}
