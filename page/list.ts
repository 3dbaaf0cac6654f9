import { type CaseName, printAddress } from './address.ts';
import { createAnswerTexts } from './answer-text.ts';
import type { About } from './cases.ts';
import { createDetail } from './detail.ts';
import { byId } from './element.ts';
import { hasGrades } from './grades.ts';
import type { ListedCase } from './listed-case.ts';
import { markHits, showFirstHit } from './marks.ts';
import { ORDERS } from './orders.ts';
import { createRow, type Row } from './row.ts';
import { FIRST_VIEW, isWanted, type View, wordsOf } from './view.ts';

/** The list of cases on the screen. */
export interface List {
  /** Shows the cases of the view in its order, with its hits marked. Open cases stay open, even while hidden. */
  readonly show: (view: View) => void;
  /** The cases of the view in its order. */
  readonly cases: () => readonly ListedCase[];
  /** Opens a case, scrolls to it and focuses it, even if it is open already. Does nothing for a hidden or unknown case. */
  readonly open: (name: CaseName) => 'open' | 'hidden' | 'absent';
  /** The same for the first case of the list, if there is one. */
  readonly openFirst: () => void;
  /** The last opened case that is still open and not hidden. */
  readonly latest: () => CaseName | undefined;
  /** Closes the case that has the focus, else the one opened last; its line gets the focus. False if none is open. */
  readonly close: () => boolean;
  readonly closeAll: () => void;
  /** Moves the focus by this many lines. */
  readonly move: (by: number) => void;
  /** Called when the reader opens, closes or chooses a case in the list. */
  readonly onToggle: (listener: () => void) => void;
}

/** Makes a line for every case; details are made when one is opened. */
export function createList(cases: readonly ListedCase[], about: About): List {
  const holder = byId('cases', HTMLElement);
  const rows = cases.map(createRow);
  const isGraded = hasGrades(cases);
  const rowOfItem = new Map(rows.map((row): [Element, Row] => [row.item, row]));
  const rowsOfId = Map.groupBy(rows, ({ found }) => found.id);
  /** Answers with IDs of their own. */
  const repeats = new Map(
    rows.flatMap((row) => row.found.answers.map(({ id }, at): [string, { row: Row; at: number }] => [id, { row, at }])),
  );
  let shown: readonly Row[] = [];
  /** In the order of opening. */
  let opened: readonly Row[] = [];
  let words: readonly string[] = [];
  let listener = (): void => {};
  const mark = (): void => markHits(holder, words);
  const answers = createAnswerTexts(mark);

  const nameOf = ({ found: { id, position } }: Row): CaseName => ({
    id,
    place: (rowsOfId.get(id)?.length ?? 0) > 1 ? position + 1 : undefined,
  });
  const toggle = (row: Row, isOpen: boolean, at?: number): void => {
    const others = opened.filter((other) => other !== row);
    const wasOpen = others.length < opened.length;
    opened = isOpen ? [...others, row] : others;
    if (wasOpen === isOpen) return;
    row.button.ariaExpanded = String(isOpen);
    row.item.classList.toggle('open', isOpen);
    if (isOpen) {
      row.item.append(createDetail(row.found, { about, answers, at, linkTo: linkOf(row), ...actionsOf(row) }));
      if (row.item.isConnected) showFirstHit(row.item, words);
    } else {
      row.item.lastElementChild?.remove();
    }
    if (words.length > 0) mark();
  };
  const linkOf =
    (row: Row) =>
    ({ id }: { readonly id: string }): string => {
      const open = row.found.answers.length > 1 ? { id, place: undefined } : nameOf(row);
      return printAddress({ ...FIRST_VIEW, open });
    };
  const actionsOf = (row: Row) => ({ step: (by: -1 | 1): void => step(row, by), changed: mark });
  const goTo = (row: Row, at?: number): void => {
    // Another answer of a case that is open takes the place of the one that is shown.
    if (at !== undefined) toggle(row, false);
    toggle(row, true, at);
    row.item.scrollIntoView({ block: 'start' });
    row.button.focus({ preventScroll: true });
  };
  /** From an open case to one beside it, with the focus on the same button there, so that pressing it again goes on. */
  const step = (row: Row, by: -1 | 1): void => {
    const next = shown[shown.indexOf(row) + by];
    if (next === undefined) return;
    toggle(row, false);
    goTo(next);
    next.item.querySelector<HTMLElement>(by < 0 ? '.previous' : '.next')?.focus({ preventScroll: true });
    listener();
  };
  const rowAt = (node: Element | null): Row | undefined => rowOfItem.get(node?.closest('#cases > .item') as Element);

  holder.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('.row, a[href^="#case="]') : null;
    const row = rowAt(target);
    if (row === undefined || target === null) return;
    if (target.matches('.row')) {
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
    show: (asked) => {
      // Where nothing is graded, what has no complete answer is what fails.
      const view = asked.outcome === 'failing' && !isGraded ? { ...asked, outcome: 'incomplete' } : asked;
      words = wordsOf(view.search);
      const compare = ORDERS.get(view.order) ?? ORDERS.get(FIRST_VIEW.order);
      const wanted = rows
        .filter(({ found }) => isWanted(found, view))
        .sort((one, other) => compare?.(one.found, other.found) ?? 0);
      for (const row of wanted) row.quote(words);
      if (!isSame(shown, wanted)) putIn(holder, wanted);
      shown = wanted;
      mark();
    },
    cases: () => shown.map(({ found }) => found),
    open: ({ id, place }) => {
      const named = rowsOfId.get(id) ?? [];
      const own =
        place === undefined
          ? (named.find(isShown) ?? named[0])
          : named.find(({ found }) => found.position + 1 === place);
      const repeat = own === undefined && place === undefined ? repeats.get(id) : undefined;
      const row = own ?? repeat?.row;
      if (row === undefined) return 'absent';
      if (!isShown(row)) return 'hidden';
      goTo(row, repeat?.at);
      return 'open';
    },
    openFirst: () => {
      const [first] = shown;
      if (first === undefined) return;
      goTo(first);
      listener();
    },
    latest: () => {
      const row = opened.findLast(isShown);
      return row === undefined ? undefined : nameOf(row);
    },
    close: () => {
      const focused = rowAt(document.activeElement);
      const row = focused !== undefined && opened.includes(focused) ? focused : opened.findLast(isShown);
      if (row === undefined) return false;
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
