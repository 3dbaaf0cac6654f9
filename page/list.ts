import { countOf, formatCount } from '../src/core/report/numbers.ts';
import type { CaseRecord } from '../src/core/report/page/case.ts';
import { printAddress } from './address.ts';
import { createDetail } from './detail.ts';
import { byId } from './element.ts';
import { createRow, type Row } from './row.ts';
import { FIRST_VIEW, isWanted, ORDERS, type View } from './view.ts';

/** The list of cases on the screen. */
export interface List {
  /** Shows what the view wants, in its order, and says how many those are. */
  readonly show: (view: View) => void;
  /** Opens the case of this id and brings it to view and focus; false where no case that is shown has it. */
  readonly open: (id: string) => boolean;
  /** Closes the case that holds the focus; the focus goes to its line. False where there is none. */
  readonly close: () => boolean;
  /** Moves the focus by this many lines. */
  readonly move: (by: number) => void;
  /** Called with the id of a case that was opened or closed. */
  readonly onTurn: (listener: (id: string, isOpen: boolean) => void) => void;
}

/** Puts a line for every case on the screen; details are made when one is opened. */
export function createList(cases: readonly CaseRecord[]): List {
  const holder = byId('cases', HTMLOListElement);
  const status = byId('status', HTMLElement);
  const rows = cases.map(createRow);
  const rowOfItem = new Map(rows.map((row): [Element, Row] => [row.item, row]));
  let shown: readonly Row[] = [];
  let listener: (id: string, isOpen: boolean) => void = () => {};

  const turn = (row: Row, isOpen: boolean): void => {
    if ((row.button.ariaExpanded === 'true') === isOpen) return;
    row.button.ariaExpanded = String(isOpen);
    if (isOpen) row.item.append(createDetail(row.found, printAddress({ ...FIRST_VIEW, id: row.found.id })));
    else row.item.lastElementChild?.remove();
    row.item.classList.toggle('open', isOpen);
    listener(row.found.id, isOpen);
  };
  const rowAt = (node: Element | null): Row | undefined => rowOfItem.get(node?.closest('#cases > li') as Element);

  holder.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    const row = button === null ? undefined : rowAt(button);
    if (row !== undefined) turn(row, row.button.ariaExpanded !== 'true');
  });

  return {
    show: (view) => {
      const compare = ORDERS.get(view.order)?.compare ?? ORDERS.get(FIRST_VIEW.order)?.compare;
      shown = rows
        .filter(({ found }) => isWanted(found, view))
        .sort((one, other) => compare?.(one.found, other.found) ?? 0);
      holder.replaceChildren(...shown.map(({ item }) => item));
      status.textContent = `${formatCount(shown.length)} of ${countOf(rows.length, 'case')} shown`;
    },
    open: (id) => {
      const row = shown.find(({ found }) => found.id === id);
      if (row === undefined) return false;
      turn(row, true);
      row.button.scrollIntoView({ block: 'start' });
      row.button.focus({ preventScroll: true });
      return true;
    },
    close: () => {
      const row = rowAt(document.activeElement);
      if (row === undefined || row.button.ariaExpanded !== 'true') return false;
      turn(row, false);
      row.button.focus();
      return true;
    },
    move: (by) => {
      const row = rowAt(document.activeElement);
      const at = row === undefined ? (by > 0 ? -1 : shown.length) : shown.indexOf(row);
      shown[Math.min(Math.max(at + by, 0), shown.length - 1)]?.button.focus();
    },
    onTurn: (given) => {
      listener = given;
    },
  };
}
