import { byId } from './element.ts';
import type { List } from './list.ts';

/**
 * Listens to the keyboard: `/` searches, `j` and `k` and the arrows go through the cases, Enter in the search
 * opens the first hit, Escape closes or clears.
 */
export function connectKeys(list: List): void {
  const search = byId('search', HTMLInputElement);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (act(event.key, event.target)) event.preventDefault();
  });

  /** Whether the key meant something here. */
  function act(key: string, target: EventTarget | null): boolean {
    const isAtRow = target instanceof Element && target.matches('.toggle');
    if (key === 'Escape') {
      if (target === search) return clear();
      if (list.close()) return true;
      // Who opened a hit and closed it is on its line: the next Escape goes back to all cases.
      if (!isAtRow || search.value === '') return false;
      search.focus();
      return clear();
    }
    if (target === search && (key === 'ArrowDown' || key === 'Enter')) {
      // What was typed last is searched for first, so that the line it goes to is one that stays.
      search.dispatchEvent(new Event('change'));
      if (key === 'ArrowDown') return move(1);
      list.openFirst();
      return true;
    }
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return false;
    if (key === '/') {
      search.focus();
      search.select();
      return true;
    }
    // The arrows scroll, as everywhere, unless a case has the focus.
    if (key === 'j' || (isAtRow && key === 'ArrowDown')) return move(1);
    if (key === 'k' || (isAtRow && key === 'ArrowUp')) return move(-1);
    return false;
  }

  function move(by: number): boolean {
    list.move(by);
    return true;
  }

  function clear(): boolean {
    if (search.value === '') {
      search.blur();
    } else {
      search.value = '';
      search.dispatchEvent(new Event('input'));
    }
    return true;
  }
}
